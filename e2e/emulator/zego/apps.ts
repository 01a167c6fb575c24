import type { MuteEnd, RolesMute, ZegoAction } from '../schemas'
import type { SeedZegoApp, ZegoSession } from './schemas'

/** A user of an app: registered by the server, or logged in at least once. */
export type ZegoUser = { id: string; name: string; avatarUrl: string; session: ZegoSession }

/** A member of a group, with the end of the mute that is on this member alone. */
export type ZegoMember = { id: string; nickname: string; role: number; muted: MuteEnd }

/** A message in a group or between two users. */
export type ZegoMessage = {
  /** Beyond 2^53, as the provider's are. */
  id: bigint
  seq: number
  from: string
  type: number
  body: string
  payload: string
  at: number
  isEmpty: 'deleted' | 'recalled' | null
}

/** A group. Its group-level mute is on everyone or on roles, never on both; those of members are apart from it. */
export type ZegoGroup = {
  id: string
  name: string
  createdAt: number
  /** In the order of their joining. */
  members: Map<string, ZegoMember>
  everyone: MuteEnd
  roles: RolesMute
  /** The oldest first. */
  messages: ZegoMessage[]
}

/** One AppId with its secret, its users and its groups. */
export type ZegoApp = {
  appId: number
  serverSecret: string
  limits: Partial<Record<ZegoAction, number>>
  users: Map<string, ZegoUser>
  groups: Map<string, ZegoGroup>
  /** By `peersKey`. */
  peerMessages: Map<string, ZegoMessage[]>
  /** The nonces that were used, with the second of their use, the oldest first. */
  nonces: Map<string, number>
  lastMessageId: bigint
}

/** The app that exists from the start; its secret opens nothing. */
export const DEFAULT_ZEGO_APPS: readonly SeedZegoApp[] = [
  { appId: 1234567890, serverSecret: '7c0ffee5ca1ab1e0decade0fbadcab1e' },
]

/** The app that control calls mean when they name none. */
export const DEFAULT_ZEGO_APP_ID = 1234567890

/** Roles that the provider itself knows. */
export const OWNER = 1
export const ADMIN = 2
export const MEMBER = 3

/** Makes an app without users. */
export function createZegoApp(seed: SeedZegoApp): ZegoApp {
  return {
    appId: seed.appId,
    serverSecret: seed.serverSecret,
    limits: seed.limits ?? {},
    users: new Map(),
    groups: new Map(),
    peerMessages: new Map(),
    nonces: new Map(),
    // Odd, so that it has no exact double: who reads it as one gets another id.
    lastMessageId: 971503777289036701n,
  }
}

/** The key of the messages between two users, the same from either side. */
export function peersKey(one: string, other: string): string {
  return JSON.stringify([one, other].sort())
}
