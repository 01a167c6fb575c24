import * as z from 'zod'

/** How many exact ids one search may name. */
export const maxSearchIds = 100
export const maxQueryLength = 4_000

/** `q` of the search: ids or a part of a name. Several ids are separated by commas or line breaks. */
export const searchSchema = z.strictObject({
  q: z.string('invalid').max(maxQueryLength, 'too_long'),
  connection: z.string('invalid').optional(),
})
export type SearchInput = z.infer<typeof searchSchema>

export type AccountDto = {
  connection: { key: string; name: string; provider: 'tencent' | 'zego' }
  userId: string
  nickname: string | null
  /** the provider's word on whether there is such an account; null: it could not be asked */
  exists: boolean | null
  presence: 'online' | 'background' | 'offline' | null
}

/** Why a connection could not be asked. */
export type ConnectionFailure = { connection: string; kind: string; providerCode?: number }

export type SearchDto = {
  /** exact ids first, in the order asked, then the directory's matches, best first */
  results: AccountDto[]
  /** exact ids that no connection knows: "no such account" as opposed to "no match" */
  missing: string[]
  /** ids that cannot be ids: over 32 bytes or not printable ASCII */
  invalid: string[]
  failures: ConnectionFailure[]
  /** there were more matches in the directory than are shown */
  hasMore: boolean
}
