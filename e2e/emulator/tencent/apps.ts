import { endOfWish } from '../ends'
import type { ApiName, MuteEnd, Presence, SeedAccount, SeedApp } from '../schemas'
import type { Group, PeerMessage } from './groups'

/** One account of an app, with its two global mutes as ends by the emulator's clock. */
export type Account = {
  id: string
  nickname: string | undefined
  avatarUrl: string | undefined
  presence: Presence
  oneToOne: MuteEnd
  allGroups: MuteEnd
}

/** One SDKAppID with its administrators, its key, its accounts and their groups. */
export type TencentApp = {
  appId: number
  secretKey: string
  admins: ReadonlySet<string>
  limits: Partial<Record<ApiName, number>>
  accounts: Map<string, Account>
  groups: Map<string, Group>
  /** One-to-one messages, the oldest first. */
  peerMessages: PeerMessage[]
  hasLegacyNames: boolean
  groupsPerPage: number
}

/**
 * The apps that exist from the start. The first pair of app and key is the one that the provider's own samples
 * publish; neither opens anything.
 */
export const DEFAULT_APPS: readonly SeedApp[] = [
  {
    appId: 1400000000,
    secretKey: '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e',
    admins: ['administrator'],
  },
  {
    appId: 1400000001,
    secretKey: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0',
    admins: ['administrator', 'night shift'],
  },
]

/** The app that control calls mean when they name none. */
export const DEFAULT_APP_ID = 1400000000

/** Groups on one page of `get_appid_group_list` at most. */
export const MAX_GROUPS = 10_000

/** Makes an app without accounts. */
export function createApp(seed: SeedApp): TencentApp {
  return {
    appId: seed.appId,
    secretKey: seed.secretKey,
    admins: new Set(seed.admins),
    limits: seed.limits ?? {},
    accounts: new Map(),
    groups: new Map(),
    peerMessages: [],
    hasLegacyNames: seed.hasLegacyNames ?? false,
    groupsPerPage: seed.groupsPerPage ?? MAX_GROUPS,
  }
}

/** Puts an account into an app, in place of the one with the same id. */
export function putAccount(app: TencentApp, seed: SeedAccount, nowMs: number): void {
  app.accounts.set(seed.id, {
    id: seed.id,
    nickname: seed.nickname,
    avatarUrl: seed.avatarUrl,
    presence: seed.presence ?? 'Offline',
    oneToOne: endOfWish(seed.oneToOne ?? null, nowMs),
    allGroups: endOfWish(seed.allGroups ?? null, nowMs),
  })
}
