import 'server-only'
import { and, eq, getTableColumns, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { cases, decisions, notices } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import { webhookAttempts } from './notice-attempts'
import type { NoticeFailure } from './send-by-webhook'

/** A message with all that sending it needs: between taking it and its answer nothing is read. `decidedAt`: epoch ms. */
export type DueNotice = typeof notices.$inferSelect & { caseNumber: number; decidedAt: number | null }

/** So many messages of a connection are on their way at once. */
export const noticesAtOnce = 20
/** Until then the process that took a message writes down what became of it; later nobody knows. */
const leaseSeconds = 60

/** Of an attempt whose process is gone: it may have arrived. */
export const interrupted: NoticeFailure = { effect: 'unknown', failure: { kind: 'interrupted' } }

/** What was begun and may be begun again, because the receivers of these connections know it by its id. */
export function isRepeatable(byWebhook: readonly string[]): SQL | undefined {
  return and(
    eq(notices.status, 'sending'),
    inArray(notices.connection, [...byWebhook]),
    lt(notices.attempts, webhookAttempts),
  )
}

/**
 * Takes the messages of a connection that have been due longest, up to `noticesAtOnce`. The database decides between
 * this and an undo: what is `sending` cannot be cancelled any more.
 */
export function takeDueNotices(db: Db, connection: string, isByWebhook: boolean): Promise<DueNotice[]> {
  const isDue = and(
    or(eq(notices.status, 'held'), isRepeatable(isByWebhook ? [connection] : [])),
    lte(notices.sendAfter, databaseNow),
    eq(notices.connection, connection),
  )
  // By a table of its own: a subquery of the update could be run twice, and would then take more.
  const due = db
    .$with('due')
    .as(
      db
        .select({ id: notices.id, caseNumber: cases.number, decidedAt: decisions.decidedAt })
        .from(notices)
        .innerJoin(cases, eq(cases.id, notices.caseId))
        .leftJoin(decisions, eq(decisions.id, notices.decisionId))
        .where(isDue)
        .orderBy(notices.sendAfter)
        .limit(noticesAtOnce)
        .for('update', { of: notices, skipLocked: true }),
    )
  return db
    .with(due)
    .update(notices)
    .set({
      status: 'sending',
      sendAfter: inSeconds(leaseSeconds),
      attempts: sql`${notices.attempts} + 1`,
      // Whoever had begun it is gone, or has written why it is begun again.
      failure: sql`case when ${notices.status} = 'sending'
        then coalesce(${notices.failure}, ${JSON.stringify(interrupted)}::jsonb) end`,
    })
    .from(due)
    .where(eq(notices.id, due.id))
    .returning({ ...getTableColumns(notices), caseNumber: due.caseNumber, decidedAt: due.decidedAt })
}
