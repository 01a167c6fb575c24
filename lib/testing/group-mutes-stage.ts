import type { Db } from '@/lib/db'
import type { ApplyMuteInput, PlaceKey } from '@/lib/mutes/schemas'
import { addActor } from './moderators'
import { reason, startMuteWorld } from './mute-world'

/** One group of each kind that mutes tell apart. lin owns each of them; amy and bob are members, eve is in none. */
export const place = {
  group: '@TGS#2OPEN',
  work: '@TGS#1WORK',
  live: '@TGS#aLIVE',
  community: '@TGS#_@TGS#cTOWN',
  news: '@TGS#_@TGS#cTOWN@TOPIC#_@TOPIC#cNEWS',
  talk: '@TGS#_@TGS#cTOWN@TOPIC#_@TOPIC#cTALK',
} as const

/** A moderator, groups with people in them, and a provider. */
export async function startGroupMutesStage(db: Db) {
  const world = await startMuteWorld(db)
  const actor = await addActor(db)
  const common = { owner: 'lin', members: [{ id: 'amy' }, { id: 'bob', nameCard: 'Bobby' }] }
  const topics = [
    { id: place.news, name: 'News' },
    { id: place.talk, name: 'Talk' },
  ]
  await world.addGroups(
    { ...common, id: place.group, name: 'Open' },
    { ...common, id: place.work, name: 'Work', type: 'Private' },
    { ...common, id: place.live, name: 'Live', type: 'AVChatRoom' },
    { ...common, id: place.community, name: 'Town', type: 'Community', topics },
  )
  await world.emulator.control.seed({ accounts: [{ id: 'eve', nickname: 'Eve' }] })
  return { world, db, actor, control: world.emulator.control }
}

/** The places that a member, or everybody, is muted in, each with its scope. */
export const places = {
  'a member of a group': { connection: 'sg', userId: 'amy', groupId: place.group },
  'a member in a topic': { connection: 'sg', userId: 'amy', groupId: place.community, topicId: place.news },
  'everybody in a group': { connection: 'sg', groupId: place.group },
  'everybody in a topic': { connection: 'sg', groupId: place.community, topicId: place.news },
} as const satisfies Record<string, PlaceKey>

/** A valid wish to mute at a place: an hour, or for everybody until it is lifted. */
export function placeWish(at: PlaceKey, wish: Partial<ApplyMuteInput> = {}): ApplyMuteInput {
  return {
    idempotencyKey: crypto.randomUUID(),
    ...at,
    scopes: [scopeAt(at)],
    end: at.userId === undefined ? { kind: 'forever' } : { kind: 'duration', seconds: 3_600 },
    basis: {},
    reason,
    ...wish,
  }
}

/** The one scope of a place in a group. */
export function scopeAt({ userId, topicId }: PlaceKey) {
  if (userId === undefined) return 'everyone' as const
  return topicId === undefined ? ('group' as const) : ('topic' as const)
}
