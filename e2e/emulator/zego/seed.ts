import { endOfWish } from '../ends'
import { MEMBER, peersKey, type ZegoApp, type ZegoMessage } from './apps'
import { groupMuteOf } from './groups'
import type { SeedZegoGroup, SeedZegoMessage, SeedZegoUser, ZegoSeedInput } from './schemas'

/** How old a group is when it is put there: older than its messages. */
const AGE_MS = 30 * 86_400_000

/** Puts users, groups and messages into an app, in place of those with the same ids. */
export function putZegoSeed(app: ZegoApp, seed: ZegoSeedInput, nowMs: number): void {
  for (const user of seed.users ?? []) putUser(app, user)
  for (const group of seed.groups ?? []) putGroup(app, group, nowMs)
  for (const message of seed.peerMessages ?? []) {
    const key = peersKey(message.from, message.to)
    const messages = app.peerMessages.get(key) ?? []
    messages.push(messageOf(app, message, messages.length + 1, nowMs))
    app.peerMessages.set(key, messages)
  }
}

function putUser(app: ZegoApp, seed: SeedZegoUser): void {
  app.users.set(seed.id, {
    id: seed.id,
    name: seed.name ?? '',
    avatarUrl: seed.avatarUrl ?? '',
    session: seed.session ?? 'Offline',
  })
}

function putGroup(app: ZegoApp, seed: SeedZegoGroup, nowMs: number): void {
  const members = seed.members ?? []
  for (const { id } of members) if (!app.users.has(id)) putUser(app, { id })
  app.groups.set(seed.id, {
    id: seed.id,
    name: seed.name ?? '',
    createdAt: nowMs - AGE_MS,
    members: new Map(
      members.map(({ id, nickname = '', role = MEMBER, muted = null }) => [
        id,
        { id, nickname, role, muted: endOfWish(muted, nowMs) },
      ]),
    ),
    ...groupMuteOf(seed.everyone ?? null, seed.roles ?? null, nowMs),
    messages: (seed.messages ?? []).map((message, index) => messageOf(app, message, index + 1, nowMs)),
  })
}

function messageOf(app: ZegoApp, seed: SeedZegoMessage, seq: number, nowMs: number): ZegoMessage {
  app.lastMessageId += 2n
  return {
    id: app.lastMessageId,
    seq,
    from: seed.from,
    type: seed.type ?? 1,
    body: seed.text,
    payload: seed.payload ?? '',
    at: nowMs - seed.secondsAgo * 1000,
    isEmpty: seed.isEmpty ?? null,
  }
}
