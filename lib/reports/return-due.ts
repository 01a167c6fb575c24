import 'server-only'
import { inArray, sql } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { auditOf, nobody, restingStatus } from './change-case'

/** How many come back in one transaction; the rest in the next ones. */
const atOnce = 100

/**
 * Gives back to the queue what was held until now, and what nobody renewed the claim of; by the database's clock. Several
 * instances at once return each case once. Returns how many came back.
 */
export async function returnDueCases({ db }: Context): Promise<number> {
  for (let returned = 0; ; ) {
    const count = await db.transaction(async (tx) => {
      const due = await tx
        .select()
        .from(cases)
        .where(
          sql`(${cases.status} = 'claimed' and ${cases.claimUntil} <= ${databaseNow})
            or (${cases.status} = 'waiting' and ${cases.heldUntil} <= ${databaseNow})`,
        )
        .limit(atOnce)
        .for('update', { skipLocked: true })
      if (due.length === 0) return 0
      await tx
        .update(cases)
        .set({ ...nobody, status: restingStatus, version: sql`${cases.version} + 1` })
        .where(
          inArray(
            cases.id,
            due.map(({ id }) => id),
          ),
        )
      await recordAll(
        tx,
        due.map((row) => {
          const event = auditOf(row, { id: '', name: 'system' })
          const why = row.status === 'claimed' ? ('lapsed' as const) : ('held' as const)
          return { type: 'case.returned', ...event, actorId: null, data: { ...event.data, why } }
        }),
      )
      return due.length
    })
    returned += count
    if (count < atOnce) return returned
  }
}
