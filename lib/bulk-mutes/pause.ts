import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { bulkDto } from './dto'
import { by, move } from './internal'
import type { BulkKey, BulkMuteDto } from './schemas'

/**
 * Stops a run before its next accounts; those on their way come to their end. Any moderator who may give bulk mutes may
 * stop any run. Throws `FORBIDDEN`, `NOT_FOUND` and `BULK_MUTE_CHANGED`.
 */
export async function pauseBulkMute(
  context: Context,
  actor: Actor,
  { bulkId }: BulkKey,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  const bulk = await context.db.transaction(async (tx) => {
    const change = { pausedWhy: 'moderator' as const, pausedBy: actor.id, pauseFailure: null }
    const paused = await move(tx, bulkId, 'pause', change)
    await record(tx, {
      type: 'bulk_mute.paused',
      ...by(actor),
      connection: paused.connection,
      data: { bulk: bulkId, why: 'moderator' },
    })
    return paused
  })
  return bulkDto(context, actor, bulk)
}
