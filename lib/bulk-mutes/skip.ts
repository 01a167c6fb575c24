import 'server-only'
import { and, eq, isNull, notInArray, type SQL, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import type { Tx } from '@/lib/db'
import { bulkMuteItems } from '@/lib/db/schema'
import { auditPlace, groupOf, placeOf } from '@/lib/mutes/place'
import type { BulkRow } from './internal'
import { doings, type SkipReason } from './rules'

type Author = { actorId: string | null; actorName: string }

/** Leaves accounts of a run out for good. Gives an audit event for each, in their order, which the caller records. */
export async function skipItems(
  tx: Tx,
  bulk: BulkRow,
  author: Author,
  which: SQL | undefined,
  why: SkipReason | SQL<SkipReason>,
): Promise<AuditEvent[]> {
  const skipped = await tx
    .update(bulkMuteItems)
    .set({ skipped: why })
    .where(and(eq(bulkMuteItems.bulkId, bulk.id), which))
    .returning({
      position: bulkMuteItems.position,
      userId: bulkMuteItems.userId,
      groupId: bulkMuteItems.groupId,
      skipped: bulkMuteItems.skipped,
    })
  return skipped
    .sort((a, b) => a.position - b.position)
    .flatMap(({ userId, groupId, skipped: reason }): AuditEvent[] => {
      const place = placeOf({ ...bulk, userId, groupId: bulk.groupId || groupId })
      const told = { ...author, ...auditPlace(place) }
      return reason === null
        ? []
        : [
            {
              ...told,
              type: 'bulk_mute.account_skipped',
              data: { ...groupOf(place), bulk: bulk.id, why: reason },
            },
          ]
    })
}

/** The same for what the preview leaves out. */
export function skipTheRest(tx: Tx, bulk: BulkRow, author: Author): Promise<AuditEvent[]> {
  const isLeftOut = and(isNull(bulkMuteItems.skipped), notInArray(bulkMuteItems.forecast, [...doings]))
  return skipItems(tx, bulk, author, isLeftOut, sql<SkipReason>`${bulkMuteItems.forecast}`)
}
