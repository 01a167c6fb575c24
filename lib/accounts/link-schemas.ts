import * as z from 'zod'
import { maxLinkReasonLength } from './rules'
import { type AccountKey, connectionKeySchema, userIdSchema } from './schemas'

/** Two accounts that belong to one person, in whatever order, and how one knows. */
export const linkAccountsSchema = z
  .strictObject({
    connection: connectionKeySchema,
    userId: userIdSchema,
    otherConnection: connectionKeySchema,
    otherUserId: userIdSchema,
    reason: z
      .string('invalid')
      .trim()
      .min(1, 'required')
      .max(maxLinkReasonLength, 'too_long')
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'control_characters'),
  })
  .refine(
    ({ connection, userId, otherConnection, otherUserId }) =>
      connection !== otherConnection || userId !== otherUserId,
    { path: ['otherUserId'], error: 'same_account' },
  )
export type LinkAccountsInput = z.infer<typeof linkAccountsSchema>

export const unlinkAccountsSchema = z.strictObject({ linkId: z.uuid('invalid') })
export type UnlinkAccountsInput = z.infer<typeof unlinkAccountsSchema>

/** What a moderator said of two accounts; instants in epoch ms. */
export type AccountLink = {
  id: string
  accounts: [AccountKey, AccountKey]
  reason: string
  /** who said so */
  byId: string
  by: string
  linkedAt: number
}
