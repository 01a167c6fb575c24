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

/** What a connection's provider can do, so that the screens can explain before the click. */
export type Capabilities = {
  globalScopes: readonly GlobalScope[]
  /** longest finite mute in seconds */
  maxMuteSeconds: number
  canMuteForever: boolean
  canReadGlobalMutes: boolean
  /** an account id in bytes; printable ASCII only */
  maxUserIdBytes: number
}

export type CallOptions = {
  /** interactive calls are served before bulk ones by the throttle */
  priority: 'interactive' | 'bulk'
  /** aborts waiting, retrying and the call itself: the moderator no longer waits */
  signal?: AbortSignal
}

export type AccountProfile = { nickname: string | null; avatarUrl: string | null }
export type Presence = 'online' | 'background' | 'offline'

/** A scope that the provider's answer left out is absent here: absent never means "not muted". */
export type GlobalMuteReading = {
  until: Partial<Record<GlobalScope, Until | null>>
  /** when the answer arrived, epoch ms; remaining seconds were counted from here, so ends are right within 1 s + latency */
  readAt: number
}

/** Only the scopes named change; `null` lifts, an absent scope is left alone. */
export type GlobalMuteChange = Partial<Record<GlobalScope, Until | null>>

export interface Provider {
  readonly name: ProviderName
  readonly capabilities: Capabilities
  /** The origin of the connection's own endpoint, where it has one; pictures may be fetched from there too. */
  readonly pictureOrigin: string | null
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
}
