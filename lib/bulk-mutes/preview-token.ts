import 'server-only'
import { and, count, eq, inArray, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { Context } from '@/lib/context'
import type { Db, Tx } from '@/lib/db'
import { bulkMuteItems, bulkMutes, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { type BulkRow, by, move } from './internal'
import { doings, previewFreshSeconds, toleratedChanges } from './rules'

/** How many accounts of a run are to be sent. */
export async function countDoing(db: Db | Tx, bulkId: string): Promise<number> {
  const [row] = await db
    .select({ items: count() })
    .from(bulkMuteItems)
    .where(and(eq(bulkMuteItems.bulkId, bulkId), inArray(bulkMuteItems.forecast, [...doings])))
  return row?.items ?? 0
}

/**
 * Holds the preview that somebody saw against the one that is there, and against the world: where that has changed more
 * than a little since, or the preview is old, it is made again. Throws `BULK_MUTE_CHANGED` and `PREVIEW_CHANGED`.
 */
export async function requireAsPreviewed(
  context: Context,
  asker: Pick<Actor, 'id' | 'name'>,
  bulk: BulkRow,
  token: string,
): Promise<void> {
  if (bulk.status !== 'previewed' && bulk.status !== 'awaiting_approval')
    throw new AppError('BULK_MUTE_CHANGED')
  if (bulk.token !== token) throw new AppError('PREVIEW_CHANGED')
  if (await isStillTrue(context.db, bulk)) return
  await context.db.transaction(async (tx) => {
    await move(tx, bulk.id, 'preview_again', { previewedAt: null, token: null, previewLeaseUntil: null })
    await record(tx, {
      type: 'bulk_mute.preview_outdated',
      ...by(asker),
      connection: bulk.connection,
      data: { bulk: bulk.id },
    })
  })
  await wake('run-bulk-mutes')
  throw new AppError('PREVIEW_CHANGED')
}

async function isStillTrue(db: Db, { id, status, connection, groupId, topicId }: BulkRow): Promise<boolean> {
  const [fresh] = await db
    .select({ id: bulkMutes.id })
    .from(bulkMutes)
    .where(
      and(
        eq(bulkMutes.id, id),
        sql`${bulkMutes.previewedAt} > ${databaseNow} - make_interval(secs => ${previewFreshSeconds})`,
      ),
    )
  // A second person may come hours later: only what has changed counts then.
  if (!fresh && status === 'previewed') return false
  const isDoing = and(eq(bulkMuteItems.bulkId, id), inArray(bulkMuteItems.forecast, [...doings]))
  const [row] = await db
    .select({ changed: count() })
    .from(bulkMuteItems)
    .innerJoin(
      muteStates,
      and(
        eq(muteStates.connection, connection),
        eq(muteStates.userId, bulkMuteItems.userId),
        eq(muteStates.groupId, groupId || bulkMuteItems.groupId),
        eq(muteStates.topicId, topicId),
      ),
    )
    .where(
      and(
        isDoing,
        sql`jsonb_exists(${bulkMuteItems.basis}, ${muteStates.scope})`,
        sql`(${bulkMuteItems.basis} ->> ${muteStates.scope})::bigint <> ${muteStates.version}`,
      ),
    )
  return (row?.changed ?? 0) <= toleratedChanges(await countDoing(db, id))
}
