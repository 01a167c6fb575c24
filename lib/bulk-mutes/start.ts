import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { requireFutureEnd } from '@/lib/mutes/possible'
import { startOrAsk } from './begin'
import { bulkDto } from './dto'
import { getBulk } from './internal'
import { countDoing, requireAsPreviewed } from './preview-token'
import type { BulkMuteDto, StartBulkMuteInput } from './schemas'

/**
 * Starts a run as its author saw it in the preview, or asks for a second person where one has to agree. Throws
 * `FORBIDDEN` (also for somebody else's run), `NOT_FOUND`, `BULK_MUTE_CHANGED` (it is in another state),
 * `PREVIEW_CHANGED` (another preview is there by now, or is being made because too much has changed), and
 * `INVALID_INPUT` (field `end`: it has passed; `userIds`: nothing would be sent).
 */
export async function startBulkMute(
  context: Context,
  actor: Actor,
  { bulkId, token }: StartBulkMuteInput,
): Promise<BulkMuteDto> {
  requirePermission(actor, 'mutes:bulk')
  const bulk = await getBulk(context.db, bulkId)
  if (bulk.actorId !== actor.id) throw new AppError('FORBIDDEN')
  if (bulk.until === 'forever') requirePermission(actor, 'mutes:apply-forever')
  if (bulk.until !== null) requireFutureEnd(bulk.until, context.clock.now())
  await requireAsPreviewed(context, actor, bulk, token)
  const accounts = await countDoing(context.db, bulkId)
  if (accounts === 0) throw new AppError('INVALID_INPUT', { fields: { userIds: 'required' } })
  const moved = await context.db.transaction((tx) => startOrAsk(tx, actor, bulk, { token, accounts }))
  if (moved.status === 'running') await wake('run-bulk-mutes')
  return bulkDto(context, actor, moved)
}
