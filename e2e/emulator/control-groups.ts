import type * as z from 'zod'
import { requireAccount, requireApp } from './control-apps'
import { ControlError, type ControlRoute, route } from './control-route'
import { currentEnd } from './ends'
import {
  dissolveGroupSchema,
  type GroupState,
  groupQuerySchema,
  putGroupSchema,
  type SeedGroup,
  type SeedPeerMessage,
} from './group-schemas'
import type { JournalEntry, MuteWish } from './schemas'
import type { TencentApp } from './tencent/apps'
import { changeMute, changeMuteAll, type Group, type Place, type Topic } from './tencent/groups'
import { putGroup, putPeerMessages } from './tencent/put-group'
import type { World } from './world'

type GroupChanges = z.infer<typeof putGroupSchema>
type Effect = Pick<JournalEntry, 'account' | 'topic' | 'changes'>

/** The control routes about groups. */
export const GROUP_ROUTES: Readonly<Record<string, ControlRoute>> = {
  'GET /control/group': route(groupQuerySchema, (world, input) => {
    const app = requireApp(world, input.appId)
    return stateOf(world, app, requireGroup(app, input.group))
  }),
  'PUT /control/group': route(putGroupSchema, (world, input) => {
    const app = requireApp(world, input.appId)
    const group = requireGroup(app, input.group)
    requireAll(app, group, input)
    const write = (effect: Effect) => journal(world, app, group, effect)
    putMembers(world, group, input.members, write)
    putPlace(world, group, null, input.muteAll, input.members, write)
    for (const { id, muteAll, members } of input.topics) {
      putPlace(world, requireTopic(group, id), id, muteAll, members, write)
    }
    return stateOf(world, app, group)
  }),
  'DELETE /control/group': route(dissolveGroupSchema, (world, input) => {
    const app = requireApp(world, input.appId)
    app.groups.delete(requireGroup(app, input.group).id)
    return { ok: true }
  }),
}

/** Puts groups and one-to-one messages into an app. Everybody in them must be an account of it. */
export function seedGroups(
  world: World,
  app: TencentApp,
  groups: readonly SeedGroup[],
  messages: readonly SeedPeerMessage[],
): void {
  for (const { owner, members = [] } of groups) {
    if (owner !== undefined) requireAccount(app, owner)
    for (const { id } of members) requireAccount(app, id)
  }
  for (const { from, to } of messages) {
    requireAccount(app, from)
    requireAccount(app, to)
  }
  for (const group of groups) putGroup(app, group, world.clock.mutesNow())
  putPeerMessages(app, messages, world.clock.mutesNow())
}

function requireGroup(app: TencentApp, id: string): Group {
  const group = app.groups.get(id)
  if (!group) throw new ControlError(400, `app ${app.appId} has no group ${JSON.stringify(id)}`)
  return group
}

function requireTopic(group: Group, id: string): Topic {
  const topic = group.topics?.get(id)
  if (!topic) throw new ControlError(400, `the group has no topic ${JSON.stringify(id)}`)
  return topic
}

/** Nothing may be changed by a call that names what does not exist. */
function requireAll(app: TencentApp, group: Group, { members, topics }: GroupChanges): void {
  for (const { id } of [...members, ...topics.flatMap((topic) => topic.members)]) requireAccount(app, id)
  for (const { id } of topics) requireTopic(group, id)
}

function putMembers(
  world: World,
  group: Group,
  members: GroupChanges['members'],
  write: (effect: Effect) => void,
): void {
  for (const { id, isMember, role } of members) {
    const known = group.members.get(id)
    if (isMember === true && !known) {
      const joinTime = Math.floor(world.clock.mutesNow() / 1000)
      group.members.set(id, { id, role: role ?? 'Member', nameCard: '', joinTime })
    }
    if (isMember === false) group.members.delete(id)
    if (known && role && id !== group.owner) known.role = role
    if (isMember === undefined || isMember === Boolean(known)) continue
    write({ account: id, topic: null, changes: { membership: { before: !isMember, after: isMember } } })
  }
}

function putPlace(
  world: World,
  place: Place,
  topic: string | null,
  muteAll: boolean | undefined,
  members: readonly { id: string; muted?: MuteWish | undefined }[],
  write: (effect: Effect) => void,
): void {
  for (const { id, muted } of members) {
    if (muted === undefined) continue
    const member = changeMute(place, id, muted, world.clock.mutesNow())
    write({ account: id, topic, changes: { member } })
  }
  if (muteAll === undefined) return
  write({ account: null, topic, changes: { everyone: changeMuteAll(place, muteAll) } })
}

function journal(world: World, app: TencentApp, group: Group, effect: Effect): void {
  world.journal.add({
    at: Date.now(),
    emulatorAt: world.clock.mutesNow(),
    source: 'elsewhere',
    appId: app.appId,
    group: group.id,
    random: null,
    ...effect,
  })
}

function stateOf(world: World, app: TencentApp, group: Group): GroupState {
  const now = world.clock.mutesNow()
  const untilOf = (place: Place, id: string) => currentEnd(place.muteEnds.get(id) ?? null, now)
  return {
    appId: app.appId,
    group: group.id,
    type: group.type,
    name: group.name,
    owner: group.owner,
    muteAll: group.muteAll,
    members: [...group.members.values()].map(({ id, role }) => ({ id, role, until: untilOf(group, id) })),
    topics: [...(group.topics?.values() ?? [])].map((topic) => ({
      id: topic.id,
      name: topic.name,
      muteAll: topic.muteAll,
      members: [...topic.muteEnds.keys()]
        .map((id) => ({ id, until: untilOf(topic, id) }))
        .filter(({ until }) => until !== null),
    })),
  }
}
