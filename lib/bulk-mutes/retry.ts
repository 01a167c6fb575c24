import 'server-only'
import { and, inArray } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { bulkMuteItems } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { awaitCasesAgain } from './attach-cases'
import { bulkDto } from './dto'
import { by, counted, getBulk, move } from './internal'
import { reopenItems } from './reopen'
import { retryRefusal } from './rules'
import type { BulkMuteDto, RetryBulkMuteInput } from './schemas'

/**
 * Sends the rejected accounts of a finished run again, each with a command of its own; those that succeeded are left
 * alone. Throws `FORBIDDEN` (also for somebody else's run), `NOT_FOUND`, `UNKNOWN_CONNECTION` where its connection is not
 * configured any more, `BULK_MUTE_CHANGED`, and `INVALID_INPUT` (field `userIds`) when none of them was rejected.
 */
export async function retryBulkMute(
  context: Context,
  actor: Actor,
  { bulkId, userIds, groupIds }: RetryBulkMuteInput,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  const { actorId, connection } = await getBulk(context.db, bulkId)
  const isConnectionGone = context.connections.every(({ key }) => key !== connection)
  const refusal = retryRefusal({ mine: actorId === actor.id, isConnectionGone })
  if (refusal) throw new AppError(refusal)
  const bulk = await context.db.transaction(async (tx) => {
    const moved = await move(tx, bulkId, 'retry', { finishedAt: null })
    const isWanted = and(
      userIds && inArray(bulkMuteItems.userId, userIds),
      groupIds && inArray(bulkMuteItems.groupId, groupIds),
    )
    const again = await reopenItems(tx, moved, by(actor), isWanted, 'retried')
    if (again.length === 0) throw new AppError('INVALID_INPUT', { fields: { userIds: 'required' } })
    await awaitCasesAgain(tx, bulkId)
    await recordAll(tx, [
      {
        type: 'bulk_mute.retried',
        ...by(actor),
        connection,
        data: { bulk: bulkId, ...counted(moved, again.length) },
      },
      ...again,
    ])
    return moved
  })
  await wake('run-bulk-mutes')
  return bulkDto(context, actor, bulk)
}
