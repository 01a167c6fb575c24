import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { bulkDto } from './dto'
import { getBulk } from './internal'
import type { BulkKey, BulkMuteDto } from './schemas'

/** One run as it stands. Throws `FORBIDDEN` and `NOT_FOUND`. */
export async function getBulkMute(context: Context, actor: Actor, { bulkId }: BulkKey): Promise<BulkMuteDto> {
  requirePermission(actor, 'accounts:read')
  return bulkDto(context, actor, await getBulk(context.db, bulkId))
}
