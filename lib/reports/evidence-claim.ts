import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { cases, reports } from '@/lib/db/schema'
import type { Conversation } from './read-history'

/** No reading lasts longer, in seconds. */
export const leaseSeconds = 60
/** Somebody else has the first case's reports; they have not said so yet. */
const againAfterMs = 20
/** Reports of one case that one reading serves. */
const reportsAtOnce = 500

/** A report that waits for its evidence; `evidenceAttempts` counts this try. */
export type DueReport = Pick<typeof reports.$inferSelect, 'id' | 'messageIds' | 'evidenceAttempts'>

/** Reports of one case that this process reads the conversation for, until `leaseUntil`, epoch ms. */
export type EvidenceClaim = {
  case: Conversation & { id: string; number: number }
  reports: DueReport[]
  leaseUntil: number
}

/**
 * Takes the report of a connection that has waited longest, with all others of its case that are due; null: none is.
 * A process that dies gives them up when the lease ends.
 */
export async function claimEvidence(db: Db, connection: string): Promise<EvidenceClaim | null> {
  // Of several that see the same one first, one gets it: the others look again.
  for (;;) {
    const rows = await leaseFirst(db, connection)
    const [first] = rows
    if (!first) return null
    const { leased, of } = first
    if (!leased || !of) {
      await delay(againAfterMs)
      continue
    }
    const due = rows.flatMap(({ leased: one }) => one ?? [])
    return { case: of, reports: due, leaseUntil: leased.leaseUntil }
  }
}

const isDue = sql`${reports.evidence} = 'pending' and ${reports.evidenceLeaseUntil} <= clock_timestamp()`

/** Takes the reports of the case whose report waits first: no row, if none waits; one without a lease, if somebody was faster. */
function leaseFirst(db: Db, connection: string) {
  const first = db.$with('first').as(
    db
      .select({ caseId: reports.caseId })
      .from(reports)
      .where(and(eq(reports.connection, connection), isDue))
      .orderBy(reports.evidenceLeaseUntil)
      .limit(1),
  )
  const due = db.$with('due').as(
    db
      .select({ id: reports.id })
      .from(reports)
      .where(and(sql`${reports.caseId} = (select case_id from ${first})`, isDue))
      .limit(reportsAtOnce)
      .for('update', { skipLocked: true }),
  )
  const leased = db.$with('leased').as(
    db
      .update(reports)
      .set({
        // `now()`: the same for all of them.
        evidenceLeaseUntil: sql`now() + make_interval(secs => ${leaseSeconds})`,
        evidenceAttempts: sql`${reports.evidenceAttempts} + 1`,
      })
      .where(sql`${reports.id} in (select id from ${due})`)
      .returning({
        id: reports.id,
        messageIds: reports.messageIds,
        evidenceAttempts: reports.evidenceAttempts,
        leaseUntil: reports.evidenceLeaseUntil,
      }),
  )
  return db
    .with(first, due, leased)
    .select({
      leased: {
        id: leased.id,
        messageIds: leased.messageIds,
        evidenceAttempts: leased.evidenceAttempts,
        leaseUntil: leased.leaseUntil,
      },
      of: {
        id: cases.id,
        number: cases.number,
        connection: cases.connection,
        accusedId: cases.accusedId,
        groupId: cases.groupId,
        topicId: cases.topicId,
        peerId: cases.peerId,
      },
    })
    .from(first)
    .leftJoin(cases, eq(cases.id, first.caseId))
    .leftJoin(leased, sql`true`)
}
