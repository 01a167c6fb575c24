import { currentEnd, endOfWish } from '../ends'
import type { GroupType, MessageElement, Role } from '../group-schemas'
import type { MuteEnd, MuteWish } from '../schemas'

/** Somebody in a group. */
export type Member = {
  id: string
  role: Role
  nameCard: string
  /** Unix seconds. */
  joinTime: number
}

/** One message with its number in its group, topic or conversation. */
export type Message = {
  seq: number
  from: string
  /** Unix seconds. */
  time: number
  random: number
  state: 'kept' | 'recalled' | 'deleted'
  body: MessageElement[]
}

/** A one-to-one message. */
export type PeerMessage = Message & { to: string }

/** Where people speak and are muted: a group, or a topic of one. */
export type Place = {
  muteAll: boolean
  /** The ends of mutes, also those that have passed and those of people who left: a mute waits for their return. */
  muteEnds: Map<string, MuteEnd>
  /** The oldest first. */
  messages: Message[]
}

/** A topic of a community. */
export type Topic = Place & { id: string; name: string; createTime: number }

/** A group of an app. */
export type Group = Place & {
  id: string
  type: GroupType
  name: string
  owner: string | null
  createTime: number
  members: Map<string, Member>
  /** Null where topics are not supported. */
  topics: Map<string, Topic> | null
}

/** Sets or lifts somebody's mute in a place. */
export function changeMute(place: Place, id: string, wish: MuteWish, nowMs: number) {
  const before = currentEnd(place.muteEnds.get(id) ?? null, nowMs)
  const after = endOfWish(wish, nowMs)
  if (after === null) place.muteEnds.delete(id)
  else place.muteEnds.set(id, after)
  return { before, after }
}

/** Mutes everybody in a place, or nobody; it has no end until it is switched off. */
export function changeMuteAll(place: Place, isOn: boolean): { before: MuteEnd; after: MuteEnd } {
  const before = place.muteAll ? 'forever' : null
  place.muteAll = isOn
  return { before, after: isOn ? 'forever' : null }
}
