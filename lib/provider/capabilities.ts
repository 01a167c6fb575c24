import type { GlobalScope, GroupType } from './port'

/** What can be done in groups of one type. */
export type GroupCapabilities = {
  /** members one by one; null: this type cannot */
  memberMute: {
    /** longest finite mute in seconds; a longer one must be set anew before it ends */
    maxSeconds: number
    /** user ids in one call */
    maxMembers: number
    /** whether the provider says who is muted and until when; otherwise the ledger is all there is */
    isReadable: boolean
  } | null
  /** the whole group; `isTimed` false: it has no end at the provider and must be lifted */
  everyoneMute: { isTimed: boolean; maxSeconds: number } | null
  /** by role: one list for the group, replaced as a whole */
  roleMute: { maxRoles: number; maxSeconds: number } | null
  hasTopics: boolean
  /** members can be listed page by page */
  canListMembers: boolean
  /** members can be removed; null: not in this type */
  removal: { maxMembers: number } | null
  /** old messages can be read */
  hasHistory: boolean
}

/** What a connection's provider can do, so that the screens can explain before the click. */
export type Capabilities = {
  globalScopes: readonly GlobalScope[]
  /** longest finite mute in seconds */
  maxMuteSeconds: number
  canMuteForever: boolean
  canReadGlobalMutes: boolean
  /** an account id in bytes; printable ASCII only */
  maxUserIdBytes: number
  /** a group id in bytes; printable ASCII only */
  maxGroupIdBytes: number
  /** a text message in bytes of UTF-8 */
  maxMessageBytes: number
  /** the types of groups that this provider has, and what can be done in each */
  groups: Partial<Record<GroupType, GroupCapabilities>>
}
