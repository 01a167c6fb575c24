import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { wake } from '@/lib/jobs/boss'
import { bulkDto } from './dto'
import { by, move } from './internal'
import type { BulkKey, BulkMuteDto } from './schemas'

/** Lets a paused run go on. Throws `FORBIDDEN`, `NOT_FOUND` and `BULK_MUTE_CHANGED`. */
export async function resumeBulkMute(
  context: Context,
  actor: Actor,
  { bulkId }: BulkKey,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  const bulk = await context.db.transaction(async (tx) => {
    const resumed = await move(tx, bulkId, 'resume', { pausedWhy: null, pausedBy: null, pauseFailure: null })
    await record(tx, {
      type: 'bulk_mute.resumed',
      ...by(actor),
      connection: resumed.connection,
      data: { bulk: bulkId },
    })
    return resumed
  })
  await wake('run-bulk-mutes')
  return bulkDto(context, actor, bulk)
}
