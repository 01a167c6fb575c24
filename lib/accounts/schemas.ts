import * as z from 'zod'
import { maxQueryLength, userIdError } from './rules'

/**
 * An account id as both providers take it: 1–32 bytes of printable ASCII. Spaces, `#`, `%` and `@` are legal; never
 * trimmed.
 */
export const userIdSchema = z.string('invalid').superRefine((text, { addIssue }) => {
  const error = userIdError(text)
  if (error) addIssue(error)
})

/** The short name of a connection in the connections file. */
export const connectionKeySchema = z.string('invalid').regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'invalid')

/** One account: a connection and an id in it. */
export const accountKeySchema = z.strictObject({ connection: connectionKeySchema, userId: userIdSchema })
export type AccountKey = z.infer<typeof accountKeySchema>

/**
 * `q` of the search: ids or a part of a name. Several ids are separated by commas or line breaks; `parseQuery` reads
 * them.
 */
export const searchSchema = z.strictObject({
  q: z.string('invalid').max(maxQueryLength, 'too_long'),
  connection: connectionKeySchema.optional(),
})
export type SearchInput = z.infer<typeof searchSchema>

export type AccountDto = {
  connection: { key: string; name: string; provider: 'tencent' | 'zego' }
  userId: string
  nickname: string | null
  /** the provider's word on whether there is such an account; null: it could not be asked */
  exists: boolean | null
  presence: 'online' | 'background' | 'offline' | null
  /** there may be a picture at the account's `avatar` route; its address stays on the server */
  hasAvatar: boolean
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

export type AccountViewDto = { account: AccountDto; failure: ConnectionFailure | null }

/** One line of an account CSV: the header names `user_id` and may name `nickname` and `avatar_url`. */
export const importRowSchema = z.object({
  user_id: userIdSchema,
  nickname: z.string().max(500, 'too_long').optional(),
  avatar_url: z.union([z.url({ protocol: /^https$/, error: 'invalid' }), z.literal('')]).optional(),
})
