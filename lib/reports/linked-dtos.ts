import type { AccountKey } from '@/lib/accounts/schemas'
import type { MuteScope, Until } from '@/lib/mutes/schemas'

/** An account of the same person as another one, with what is known of it here; instants in epoch ms. */
export type LinkedAccountDto = AccountKey & {
  nickname: string | null
  /** linked with this one and through it alone; null: with the account itself */
  through: AccountKey | null
  /** the last link of the way to it; `canRemove`: whoever asks may take it back, as one of the account itself */
  link: { id: string; reason: string; by: string; linkedAt: number; canRemove: boolean }
  /** who made the links of the way to it, each once */
  says: string[]
  /** by the ledger and what was seen last; `count`: of how many groups or topics, `until` the last of their ends */
  mutes: { scope: MuteScope; count: number; until: Until }[]
  /** the newest open ones; `openCases` says how many there are */
  cases: { id: string; number: number }[]
  openCases: number
}

/** The same of the accused of a case; `isReporter`: one that has reported it there. */
export type LinkedWithAccusedDto = LinkedAccountDto & { isReporter: boolean }

/** The accounts that are linked with one, the nearest first. */
export type LinkedAccountsDto = { linked: LinkedAccountDto[]; serverNow: number }
