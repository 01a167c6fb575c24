import 'server-only'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { databaseNow } from '@/lib/db/schema/columns'
import { wake } from '@/lib/jobs/boss'
import { bulkDto } from './dto'
import { by, countStates, isPending, move } from './internal'
import type { BulkKey, BulkMuteDto } from './schemas'
import { skipItems } from './skip'

/**
 * Ends a run before its next accounts: what is done stays done, what is on its way comes to its end, the rest is left
 * out. Any moderator who may give bulk mutes may end any run. Throws `FORBIDDEN`, `NOT_FOUND` and `BULK_MUTE_CHANGED`.
 */
export async function cancelBulkMute(
  context: Context,
  actor: Actor,
  { bulkId }: BulkKey,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  const bulk = await context.db.transaction(async (tx) => {
    const cancelled = await move(tx, bulkId, 'cancel', { finishedAt: databaseNow })
    // Of an item that is being claimed at this moment the claim counts: it is on its way.
    const skipped = await skipItems(tx, cancelled, by(actor), isPending, 'cancelled')
    const states = await countStates(tx, bulkId)
    await recordAll(tx, [
      {
        type: 'bulk_mute.cancelled',
        ...by(actor),
        connection: cancelled.connection,
        data: { bulk: bulkId, states },
      },
      // A preview that is thrown away has decided nothing about anybody.
      ...(cancelled.startedAt === null ? [] : skipped),
    ])
    return cancelled
  })
  await wake('carry-out-decisions')
  return bulkDto(context, actor, bulk)
}
