import type { Capabilities } from './capabilities'
import type { ChatMessage } from './messages'

/**
 * The one interface to a chat provider. No wire words here: adapters translate. Instants are epoch milliseconds by
 * this server's clock; every method may throw `ProviderError` (see errors.ts) and nothing else on purpose.
 */

/** The two mutes that hold everywhere in a connection. */
export const globalScopes = ['one_to_one', 'all_groups'] as const
export type GlobalScope = (typeof globalScopes)[number]

/** When a mute ends: an instant (epoch ms) or never. "Not muted" is `null` wherever a mute may be absent. */
export type Until = number | 'forever'

export const providerNames = ['tencent', 'zego'] as const
export type ProviderName = (typeof providerNames)[number]

/**
 * Kinds of groups. The first six are Tencent's, by the names its console shows today (REST answers `Private` for `work`
 * and `ChatRoom` for `meeting`); `zim` is ZEGO's only kind.
 */
export const groupTypes = [
  'work',
  'public',
  'meeting',
  'av_chatroom',
  'community',
  'broadcast',
  'zim',
] as const
export type GroupType = (typeof groupTypes)[number]

/** Ranks in a group, as numbers that both providers' roles fit: ZEGO's custom roles are any other number. */
export const groupRoles = { owner: 1, admin: 2, member: 3 } as const

export type { Capabilities, GroupCapabilities } from './capabilities'
export type { ChatMessage } from './messages'

/** Leave to make one call that mutes, for a few hundredths of a second; a call that comes later waits for another one. */
export type MutePermit = {
  /** on this process's monotonic clock (`performance.now()`), ms */
  usableUntil: number
}

export type CallOptions = {
  /** interactive calls are served before bulk ones by the throttle */
  priority: 'interactive' | 'bulk'
  /** taken before with `takeMutePermit`, for the first attempt of this one call */
  permit?: MutePermit
  /** aborts waiting, retrying and the call itself: the moderator no longer waits */
  signal?: AbortSignal
  /**
   * the last moment at which an attempt may begin, on this process's monotonic clock (`performance.now()`), ms: a process
   * that stood still hears of its signal only after what else came meanwhile
   */
  notAfter?: number
}

export type AccountProfile = { nickname: string | null; avatarUrl: string | null }
export type Presence = 'online' | 'background' | 'offline'

/** A scope that the provider's answer left out is absent here: absent never means "not muted". */
export type GlobalMuteReading = {
  until: Partial<Record<GlobalScope, Until | null>>
  /** when the answer was handled, epoch ms; remaining seconds were counted from here */
  readAt: number
  /** how long before that the call was made, ms: ends lie at most so much and 1 s earlier than said */
  tookMs: number
}

/** Only the scopes named change; `null` lifts, an absent scope is left alone. */
export type GlobalMuteChange = Partial<Record<GlobalScope, Until | null>>

/** A group, or one topic of a community. */
export type GroupPlace = { groupId: string; topicId?: string }

export type RolesMute = { roles: readonly number[]; until: Until }

export type GroupInfo = {
  groupId: string
  type: GroupType
  name: string | null
  /** null where the provider does not tell */
  ownerId: string | null
  memberCount: number | null
  /** whether this community has topics; absent where the provider does not tell */
  hasTopics?: boolean
  /**
   * the mute of everybody; `null` when there is none. `forever` where the provider keeps no end (Tencent). Absent where
   * the answer did not tell: absent never means "not muted".
   */
  everyone?: Until | null
  roles: RolesMute | null
  /** when the answer arrived, epoch ms */
  readAt: number
}

/** `everyone` is as in `GroupInfo`. */
export type GroupTopic = { topicId: string; name: string | null; everyone?: Until | null }

/** A group in which anything is muted: all of it, some roles, or members one by one. */
export type MutedGroup = { groupId: string; everyone: boolean; roles: boolean; members: boolean }

/** `until` is absent where the provider does not tell (ZEGO, AVChatRoom): absent never means "not muted". */
export type GroupMember = { userId: string; name: string | null; role: number; until?: Until | null }

/** A part of a list. `next` asks for the rest; null: this was the last. Cursors mean something to the provider alone. */
export type Page<Item> = { items: Item[]; next: string | null; total: number | null }

/** What became of one member in a call for many; `providerCode` is why not. */
export type MemberOutcome =
  | { ok: true }
  | {
      ok: false
      providerCode: number
      /** whether it may have taken effect all the same, and whether it may be tried again as it is */
      effect: 'none' | 'unknown'
      retryable: boolean
    }

/**
 * What can be asked and done about groups. Reads throw `ProviderError` as all calls do; a group that does not exist is
 * `null` or a refusal with the provider's code.
 */
export interface GroupProvider {
  /** The ids of the app's groups, with names where the provider gives them. Both providers allow one call a second. */
  listGroups(
    cursor: string | null,
    options: CallOptions,
  ): Promise<Page<{ groupId: string; name: string | null }>>
  /** Those of these groups that exist; any number of ids, batched. Never brings members along. */
  getGroups(groupIds: readonly string[], options: CallOptions): Promise<Map<string, GroupInfo>>
  /** One page of members; `type` decides how the provider pages. */
  listMembers(
    group: { groupId: string; type: GroupType },
    cursor: string | null,
    options: CallOptions,
  ): Promise<Page<GroupMember>>
  /** Those of these accounts that are members; any number of ids, batched. */
  getMembers(
    group: { groupId: string; type: GroupType },
    userIds: readonly string[],
    options: CallOptions,
  ): Promise<Map<string, GroupMember>>
  /** The groups an account is in now. */
  listJoinedGroups(
    userId: string,
    cursor: string | null,
    options: CallOptions,
  ): Promise<Page<{ groupId: string; type: GroupType | null; name: string | null }>>
  listTopics(groupId: string, options: CallOptions): Promise<GroupTopic[]>
  /**
   * Everybody who is muted in a group or topic, with the end; mutes that have ended are left out. Null where the
   * provider cannot tell (`memberMute.isReadable` is false).
   */
  readMemberMutes(
    place: GroupPlace,
    options: CallOptions,
  ): Promise<{ until: Map<string, Until>; readAt: number } | null>
  /**
   * Mutes or (`null`) lifts members in one call of at most `memberMute.maxMembers` ids. Seconds are computed from
   * `until` at the moment of the call, never beyond `memberMute.maxSeconds`. Gives an outcome for each id: Tencent
   * tells none and means all. Throws `RangeError` for too many ids or a topic where there are none.
   */
  setMemberMutes(
    place: GroupPlace,
    userIds: readonly string[],
    until: Until | null,
    options: CallOptions,
  ): Promise<Map<string, MemberOutcome>>
  /** Mutes or (`null`) lifts everybody. Where `isTimed` is false any end means "until lifted". */
  setEveryoneMute(place: GroupPlace, until: Until | null, options: CallOptions): Promise<void>
  /** Replaces the list of muted roles, or (`null`) lifts it. Throws `RangeError` where there is no such thing. */
  setRolesMute(groupId: string, mute: RolesMute | null, options: CallOptions): Promise<void>
  /** Removes members in one call of at most `removal.maxMembers` ids. */
  removeMembers(
    groupId: string,
    userIds: readonly string[],
    options: CallOptions,
  ): Promise<Map<string, MemberOutcome>>
  /** Messages of a group, newest first; the cursor goes back in time. */
  listGroupMessages(
    place: GroupPlace,
    cursor: string | null,
    options: CallOptions,
  ): Promise<Page<ChatMessage>>
  /** Messages between two accounts as `userId` has them, newest first. */
  listPeerMessages(
    pair: { userId: string; peerId: string },
    cursor: string | null,
    options: CallOptions,
  ): Promise<Page<ChatMessage>>
}

export interface Provider extends GroupProvider {
  readonly name: ProviderName
  readonly capabilities: Capabilities
  /** The account in whose name it acts in groups; null where it needs none (Tencent). */
  readonly operatorUserId: string | null
  /** Where its API is: scheme, host and port of the region, or of the connection's own endpoint. */
  readonly origin: string
  /** How fast calls that mute may follow each other; `accountMutes` is null where there are no mutes of whole accounts. */
  readonly pace: {
    accountMutes: { callsPerSecond: number } | null
    memberMutes: { callsPerSecond: number; idsPerCall: number }
  }
  /** The origin of the connection's own endpoint, where it has one; pictures may be fetched from there too. */
  readonly pictureOrigin: string | null
  /** The groups in which anything is muted; null where the provider has no such list (Tencent). */
  readonly listMutedGroups:
    | ((cursor: string | null, options: CallOptions) => Promise<Page<MutedGroup>>)
    | null
  /** Makes harmless calls that need the right credentials, clock, region and rights; registers ZEGO's operator. */
  checkAccess(options: CallOptions): Promise<void>
  /**
   * Waits until a call that mutes accounts (or members of a group) may be made; bulk work takes it before it claims
   * what it will send. Throws `ProviderError` (`busy`, `cancelled`, `circuit_open`).
   */
  takeMutePermit(of: 'accounts' | 'members', options: CallOptions): Promise<MutePermit>
  /** Which of these ids are accounts of the app. Any number of ids; batched within the provider's limit. */
  checkAccounts(userIds: readonly string[], options: CallOptions): Promise<Map<string, boolean>>
  /** Profiles of those ids that have one; an id without an answer is missing from the map. */
  getProfiles(userIds: readonly string[], options: CallOptions): Promise<Map<string, AccountProfile>>
  /** Presence of those ids that the provider answered for. */
  getPresence(userIds: readonly string[], options: CallOptions): Promise<Map<string, Presence>>
  /** The global mutes in force for one account, as absolute ends; an end that has passed reads as `null`. */
  readGlobalMutes(userId: string, options: CallOptions): Promise<GlobalMuteReading>
  /**
   * Sets or lifts global mutes of one account. Durations are computed from the absolute ends after the permit was
   * taken, at the moment of the call. Resolves only when the provider confirmed. A `ProviderError` whose
   * `effect` is 'unknown' may have been applied: read back before doing anything else.
   */
  setGlobalMutes(userId: string, change: GlobalMuteChange, options: CallOptions): Promise<void>
  /**
   * Writes a text to one account in the name of the app's administrator or operator. Nothing at the providers tells a
   * message that was sent twice from two messages: one whose `effect` is 'unknown' must not be sent again by itself.
   * Throws `RangeError` for a text that is empty or longer than `maxMessageBytes`.
   */
  sendMessage(toUserId: string, text: string, options: CallOptions): Promise<void>
}
