import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { wake } from '@/lib/jobs/boss'
import { bulkDto } from './dto'
import { by, move } from './internal'
import type { BulkKey, BulkMuteDto } from './schemas'

/** Has a run that was not started previewed anew. Throws `FORBIDDEN`, `NOT_FOUND` and `BULK_MUTE_CHANGED`. */
export async function previewBulkMuteAgain(
  context: Context,
  actor: Actor,
  { bulkId }: BulkKey,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  const bulk = await context.db.transaction(async (tx) => {
    const cleared = { previewedAt: null, token: null, previewLeaseUntil: null }
    const moved = await move(tx, bulkId, 'preview_again', cleared)
    await record(tx, {
      type: 'bulk_mute.preview_outdated',
      ...by(actor),
      connection: moved.connection,
      data: { bulk: bulkId },
    })
    return moved
  })
  await wake('run-bulk-mutes')
  return bulkDto(context, actor, bulk)
}
