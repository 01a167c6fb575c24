import 'server-only'
import { and, eq } from 'drizzle-orm'
import { createFileFetcher } from '@/lib/accounts/fetch-file'
import { type Picture, pictureTypes, recognisePicture } from '@/lib/accounts/fetch-picture'
import { pictureAddress } from '@/lib/accounts/picture-address'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases, evidenceMessages } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { ChatFile } from '@/lib/provider/chat-file'
import { keptFilesSchema, type MessageFileKey } from './file-schemas'
import { type MediaType, recogniseMedia } from './recognise-media'
import { shareDownloads } from './share-downloads'

/** Larger than a picture of an account, and asked for one by one. */
const fetchPicture = createFileFetcher({
  ...{ accept: pictureTypes, maxBytes: 8 * 1_048_576, deadlineMs: 8_000, atOnce: 2, waiting: 20 },
})
/** Larger still; apart from pictures, which do not wait for a video. */
const fetchMedia = createFileFetcher({
  ...{ accept: '*/*', maxBytes: 32 * 1_048_576, deadlineMs: 30_000, atOnce: 2, waiting: 8 },
})

/** A player asks for parts of one file many times over. */
const share = shareDownloads<'busy' | null>({ keepMs: 20_000, maxBytes: 48 * 1_048_576 })

/** `type` is found out from what is in it; of a file that is only handed on it is null. */
export type MessageFile = {
  type: Picture['type'] | MediaType | null
  bytes: ArrayBuffer
  name: string | null
}

/**
 * A file of a kept message, fetched now from where the provider said it was; null when there is none that may be given:
 * it has expired, is not what the message calls it, is too large, or its address is none of the open internet. Throws
 * `FORBIDDEN`, `UNKNOWN_CONNECTION`, and `FILES_BUSY` where it may come another time.
 */
export async function getMessageFile(
  context: Context,
  actor: Actor,
  { caseId, messageId, index }: MessageFileKey,
): Promise<MessageFile | null> {
  requirePermission(actor, 'reports:read')
  const [row] = await context.db
    .select({ message: evidenceMessages.message, connection: cases.connection })
    .from(evidenceMessages)
    .innerJoin(cases, eq(cases.id, evidenceMessages.caseId))
    .where(and(eq(evidenceMessages.caseId, caseId), eq(evidenceMessages.messageId, messageId)))
  const file = row && keptFilesSchema.parse(row.message).files[index]
  if (!row || !file) return null
  const { pictureOrigin } = context.provider(row.connection)
  // Tencent's own addresses may say http; what they name is there by https too.
  const address =
    pictureAddress(file.address, pictureOrigin) ??
    pictureAddress(file.address.replace(/^http:/, 'https:'), pictureOrigin)
  if (!address) return null
  const fetchFile = file.kind === 'image' ? fetchPicture : fetchMedia
  const bytes = await share(JSON.stringify([caseId, messageId, index]), () => fetchFile(address))
  if (bytes === 'busy') throw new AppError('FILES_BUSY')
  return bytes && recognise(file, bytes)
}

function recognise({ kind, name }: Pick<ChatFile, 'kind' | 'name'>, bytes: ArrayBuffer): MessageFile | null {
  if (kind === 'file') return { type: null, bytes, name }
  const type = kind === 'image' ? (recognisePicture(bytes)?.type ?? null) : recogniseMedia(kind, bytes)
  return type && { type, bytes, name }
}
