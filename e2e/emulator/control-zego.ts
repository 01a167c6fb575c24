import { ControlError, type ControlRoute, route } from './control-route'
import { currentEnd, endOfWish } from './ends'
import type { JournalEntry } from './schemas'
import type { World } from './world'
import { createZegoApp, DEFAULT_ZEGO_APP_ID, type ZegoApp, type ZegoGroup } from './zego/apps'
import {
  addMember,
  currentRoles,
  groupMuteOf,
  removeMember,
  replaceGroupMute,
  replaceMemberMute,
} from './zego/groups'
import {
  dissolveZegoGroupSchema,
  putZegoGroupSchema,
  type ZegoSeed,
  zegoGroupQuerySchema,
} from './zego/schemas'
import { putZegoSeed } from './zego/seed'

/** The control routes that are about ZEGO's groups. */
export const ZEGO_ROUTES: Readonly<Record<string, ControlRoute>> = {
  'GET /control/zego/group': route(zegoGroupQuerySchema, (world, input) => {
    const app = requireApp(world, input.appId)
    return stateOf(world, app, requireGroup(app, input.group))
  }),
  'PUT /control/zego/group': route(putZegoGroupSchema, (world, input) => {
    const app = requireApp(world, input.appId)
    const group = requireGroup(app, input.group)
    const now = world.clock.mutesNow()
    if (input.everyone !== undefined || input.roles !== undefined) {
      const mute = groupMuteOf(input.everyone ?? null, input.roles ?? null, now)
      record(world, app, group, null, replaceGroupMute(group, mute, now))
    }
    for (const { id, isMember, role, muted } of input.members) {
      if (isMember === true && !group.members.has(id)) {
        if (!app.users.has(id)) putZegoSeed(app, { users: [{ id }] }, now)
        record(world, app, group, id, addMember(group, id, role))
      }
      const member = group.members.get(id)
      if (!member) throw new ControlError(400, `group ${group.id} has no member ${JSON.stringify(id)}`)
      if (role !== undefined) member.role = role
      if (muted !== undefined) {
        record(world, app, group, id, replaceMemberMute(member, endOfWish(muted, now), now))
      }
      if (isMember === false) record(world, app, group, id, removeMember(group, member, now))
    }
    return stateOf(world, app, group)
  }),
  'DELETE /control/zego/group': route(dissolveZegoGroupSchema, (world, input) => {
    const app = requireApp(world, input.appId)
    const group = requireGroup(app, input.group)
    for (const member of [...group.members.values()]) {
      record(world, app, group, member.id, removeMember(group, member, world.clock.mutesNow()))
    }
    app.groups.delete(group.id)
    return { ok: true }
  }),
}

/** Puts whole apps, and users, groups and messages into one of them. */
export function putZego(world: World, seed: ZegoSeed): void {
  for (const app of seed.apps) world.zegoApps.set(app.appId, createZegoApp(app))
  if (seed.users.length + seed.groups.length + seed.peerMessages.length === 0) return
  putZegoSeed(requireApp(world, seed.appId), seed, world.clock.mutesNow())
}

function requireApp(world: World, appId = DEFAULT_ZEGO_APP_ID): ZegoApp {
  const app = world.zegoApps.get(appId)
  if (!app) throw new ControlError(400, `there is no ZEGO app ${appId}`)
  return app
}

function requireGroup(app: ZegoApp, id: string): ZegoGroup {
  const group = app.groups.get(id)
  if (!group) throw new ControlError(400, `app ${app.appId} has no group ${JSON.stringify(id)}`)
  return group
}

function record(
  world: World,
  { appId }: ZegoApp,
  group: ZegoGroup,
  account: string | null,
  changes: JournalEntry['changes'],
): void {
  world.journal.add({
    at: Date.now(),
    emulatorAt: world.clock.mutesNow(),
    source: 'elsewhere',
    appId,
    account,
    group: group.id,
    topic: null,
    random: null,
    changes,
  })
}

function stateOf(world: World, { appId }: ZegoApp, group: ZegoGroup) {
  const now = world.clock.mutesNow()
  return {
    appId,
    group: group.id,
    name: group.name,
    everyone: currentEnd(group.everyone, now),
    roles: currentRoles(group.roles, now),
    members: [...group.members.values()].map(({ id, role, muted }) => ({
      id,
      role,
      until: currentEnd(muted, now),
    })),
  }
}
