import 'server-only'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { requireFutureEnd } from '@/lib/mutes/possible'
import { ownersOf } from './approval'
import { bulkDto } from './dto'
import { by, counted, getBulk, move } from './internal'
import { countDoing, requireAsPreviewed } from './preview-token'
import type { BulkMuteDto, StartBulkMuteInput } from './schemas'
import { skipTheRest } from './skip'

/**
 * Agrees to somebody else's run as shown by the preview, and starts it; a run that was made by an API key is also the
 * run of whoever made the key. Throws `FORBIDDEN`, `NOT_FOUND`, `OWN_APPROVAL`,
 * `BULK_MUTE_CHANGED`, `PREVIEW_CHANGED` and `INVALID_INPUT` (field `end`: it has passed).
 */
export async function approveBulkMute(
  context: Context,
  actor: Actor,
  { bulkId, token }: StartBulkMuteInput,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:approve-bulk')
  const bulk = await getBulk(context.db, bulkId)
  const isOwn = await ownersOf(context.db, [bulk])
  if (isOwn(bulk, actor.id)) throw new AppError('OWN_APPROVAL')
  if (bulk.status !== 'awaiting_approval') throw new AppError('BULK_MUTE_CHANGED')
  if (bulk.until !== null) requireFutureEnd(bulk.until, context.clock.now())
  await requireAsPreviewed(context, actor, bulk, token)
  const accounts = await countDoing(context.db, bulkId)
  const started = await context.db.transaction(async (tx) => {
    const change = { startedAt: databaseNow, approvedBy: actor.id }
    const moved = await move(tx, bulkId, 'approve', change, token)
    const skipped = await skipTheRest(tx, moved, by(actor))
    await recordAll(tx, [
      {
        type: 'bulk_mute.approved',
        ...by(actor),
        connection: bulk.connection,
        data: { bulk: bulkId, ...counted(bulk, accounts) },
      },
      ...skipped,
    ])
    return moved
  })
  await wake('run-bulk-mutes')
  return bulkDto(context, actor, started)
}
