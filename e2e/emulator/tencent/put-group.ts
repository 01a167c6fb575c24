import { endOfWish } from '../ends'
import type { SeedGroup, SeedMember, SeedMessage, SeedPeerMessage } from '../group-schemas'
import type { MuteEnd, MuteWish } from '../schemas'
import type { TencentApp } from './apps'
import type { Group, Member, Message, Place } from './groups'

const DAY = 86_400

/** Puts a group into an app, in place of the one with the same id. */
export function putGroup(app: TencentApp, seed: SeedGroup, nowMs: number): void {
  const nowSeconds = Math.floor(nowMs / 1000)
  const members = [...(seed.owner === undefined ? [] : [{ id: seed.owner }]), ...(seed.members ?? [])]
  const group: Group = {
    ...placeOf(seed, members, nowMs),
    id: seed.id,
    type: seed.type,
    name: seed.name,
    owner: seed.owner ?? null,
    createTime: nowSeconds - 30 * DAY,
    members: new Map(members.map((member) => [member.id, memberOf(member, seed.owner, nowSeconds)])),
    topics: seed.topics ? new Map() : null,
  }
  for (const topic of seed.topics ?? []) {
    const { id, name } = topic
    const place = placeOf(topic, topic.members ?? [], nowMs)
    group.topics?.set(id, { ...place, id, name, createTime: group.createTime })
  }
  app.groups.set(seed.id, group)
}

/** Adds one-to-one messages to an app. */
export function putPeerMessages(app: TencentApp, seeds: readonly SeedPeerMessage[], nowMs: number): void {
  const added = seeds.map((seed, index) => ({
    ...messageOf(seed, app.peerMessages.length + index + 1, nowMs),
    to: seed.to,
  }))
  app.peerMessages = [...app.peerMessages, ...added].sort((one, other) => one.time - other.time)
}

function placeOf(
  seed: { muteAll?: boolean | undefined; messages?: SeedMessage[] | undefined },
  members: readonly { id: string; muted?: MuteWish | undefined }[],
  nowMs: number,
): Place {
  const muteEnds = new Map<string, MuteEnd>()
  for (const { id, muted = null } of members) {
    if (muted !== null) muteEnds.set(id, endOfWish(muted, nowMs))
  }
  const messages = (seed.messages ?? []).map((message, index) => messageOf(message, index + 1, nowMs))
  return { muteAll: seed.muteAll ?? false, muteEnds, messages }
}

function memberOf(seed: SeedMember, owner: string | undefined, nowSeconds: number): Member {
  return {
    id: seed.id,
    role: seed.id === owner ? 'Owner' : (seed.role ?? 'Member'),
    nameCard: seed.nameCard ?? '',
    joinTime: nowSeconds - (seed.joinedSecondsAgo ?? DAY),
  }
}

function messageOf(seed: SeedMessage, seq: number, nowMs: number): Message {
  return {
    seq,
    from: seed.from,
    time: Math.floor(nowMs / 1000) - seed.secondsAgo,
    random: Math.imul(seq, 0x9e3779b1) >>> 0,
    state: seed.state ?? 'kept',
    body: seed.body ?? [{ MsgType: 'TIMTextElem', MsgContent: { Text: seed.text ?? '' } }],
  }
}
