import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { bulkDto } from './dto'
import { getBulk } from './internal'
import { type BulkKey, type BulkMuteDto, bulkKeySchema } from './schemas'

/** One run as it stands. Throws `FORBIDDEN` and `NOT_FOUND`. */
export async function getBulkMute(context: Context, actor: Actor, { bulkId }: BulkKey): Promise<BulkMuteDto> {
  requirePermission(actor, 'accounts:read')
  return bulkDto(context, actor, await getBulk(context.db, bulkId))
}

/** The run with an id from an address; null where there is none, or the id is none. Throws `FORBIDDEN`. */
export async function findBulkMute(
  context: Context,
  actor: Actor,
  bulkId: string,
): Promise<BulkMuteDto | null> {
  requirePermission(actor, 'accounts:read')
  const key = bulkKeySchema.safeParse({ bulkId })
  if (!key.success) return null
  try {
    return await getBulkMute(context, actor, key.data)
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null
    throw error
  }
}
