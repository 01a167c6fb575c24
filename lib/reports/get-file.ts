import 'server-only'
import { and, eq } from 'drizzle-orm'
import { createPictureFetcher, type Picture } from '@/lib/accounts/fetch-picture'
import { pictureAddress } from '@/lib/accounts/picture-address'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases, evidenceMessages } from '@/lib/db/schema'
import { keptFilesSchema, type MessageFileKey } from './file-schemas'

/** Larger than a picture of an account, and asked for one by one. */
const fetchReported = createPictureFetcher({
  maxBytes: 8 * 1_048_576,
  deadlineMs: 8_000,
  atOnce: 2,
  waiting: 20,
})

/**
 * A picture of a kept message, fetched now from where the provider said it was; null when there is none that may be
 * shown: it has expired, is no picture, is too large, or its address is none of the open internet. Throws `FORBIDDEN`
 * and `UNKNOWN_CONNECTION`.
 */
export async function getMessageFile(
  context: Context,
  actor: Actor,
  { caseId, messageId, index }: MessageFileKey,
): Promise<Picture | null> {
  requirePermission(actor, 'reports:read')
  const [row] = await context.db
    .select({ message: evidenceMessages.message, connection: cases.connection })
    .from(evidenceMessages)
    .innerJoin(cases, eq(cases.id, evidenceMessages.caseId))
    .where(and(eq(evidenceMessages.caseId, caseId), eq(evidenceMessages.messageId, messageId)))
  if (!row) return null
  const file = keptFilesSchema.parse(row.message).files[index]
  if (file?.kind !== 'image') return null
  const { pictureOrigin } = context.provider(row.connection)
  // Tencent's own addresses may say http; what they name is there by https too.
  const address =
    pictureAddress(file.address, pictureOrigin) ??
    pictureAddress(file.address.replace(/^http:/, 'https:'), pictureOrigin)
  return address && (await fetchReported(address))
}
