import 'server-only'
import { and, eq } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { apiKeys } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { requireFutureEnd } from '@/lib/mutes/possible'
import { bulkDto } from './dto'
import { type BulkRow, by, getBulk, move } from './internal'
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
  if (bulk.actorId === actor.id || (await madeKeyOf(context.db, bulk, actor.id)))
    throw new AppError('OWN_APPROVAL')
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
        data: { bulk: bulkId, accounts },
      },
      ...skipped,
    ])
    return moved
  })
  await wake('run-bulk-mutes')
  return bulkDto(context, actor, started)
}

/** Whoever makes a key for somebody else and keeps it would otherwise be both of the two who have to agree. */
async function madeKeyOf(db: Db, { apiKeyId }: BulkRow, moderatorId: string): Promise<boolean> {
  if (apiKeyId === null) return false
  return (await db.$count(apiKeys, and(eq(apiKeys.id, apiKeyId), eq(apiKeys.createdBy, moderatorId)))) > 0
}
