import 'server-only'
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import type { Tx } from '@/lib/db'
import { bulkMuteItems, muteCommands } from '@/lib/db/schema'
import { auditPlace, groupOf, placeOf } from '@/lib/mutes/place'
import type { BulkRow } from './internal'

type Author = { actorId: string | null; actorName: string }

/** Another process may have ended it otherwise since: that end stands. */
const isRejected = sql`exists (select from ${muteCommands}
  where ${muteCommands.id} = ${bulkMuteItems.commandId} and ${muteCommands.status} = 'rejected')`

/**
 * Has accounts of a run whose commands were rejected wait to be claimed again. Gives an audit event for each, in their
 * order, which the caller records: it takes back that the rejection was what became of the account, so that of all ends
 * on record of one account in one run exactly one is not taken back.
 */
export async function reopenItems(
  tx: Tx,
  bulk: BulkRow,
  author: Author,
  which: SQL | undefined,
  why: 'connection' | 'retried',
): Promise<AuditEvent[]> {
  const items = await tx
    .select({
      position: bulkMuteItems.position,
      userId: bulkMuteItems.userId,
      groupId: bulkMuteItems.groupId,
      commandId: bulkMuteItems.commandId,
    })
    .from(bulkMuteItems)
    .where(and(eq(bulkMuteItems.bulkId, bulk.id), which, isRejected))
    .orderBy(asc(bulkMuteItems.position))
    .for('update')
  if (items.length === 0) return []
  const positions = items.map(({ position }) => position)
  await tx
    .update(bulkMuteItems)
    .set({ commandId: null, notBefore: null })
    .where(and(eq(bulkMuteItems.bulkId, bulk.id), inArray(bulkMuteItems.position, positions)))
  return items.map(({ userId, groupId, commandId }): AuditEvent => {
    const place = placeOf({ ...bulk, userId, groupId: bulk.groupId || groupId })
    return {
      type: 'bulk_mute.account_reopened',
      ...author,
      ...auditPlace(place),
      ...(commandId !== null && { commandId }),
      data: { ...groupOf(place), bulk: bulk.id, why },
    }
  })
}
