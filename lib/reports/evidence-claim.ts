import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { cases, reports } from '@/lib/db/schema'
import { databaseNowAsKept } from '@/lib/db/schema/columns'
import type { Conversation } from './read-history'

/** No reading lasts longer, in seconds. */
export const leaseSeconds = 60
/** Somebody else has the first case's reports; they have not said so yet. */
const againAfterMs = 20
/** Reports that are taken at once: a flood on one case is one reading. */
const reportsAtOnce = 500
/** Of so many that wait longest the cases are taken. */
const oldestSeen = 200

/** A report that waits for its evidence; `evidenceAttempts` counts this try. */
export type DueReport = Pick<typeof reports.$inferSelect, 'id' | 'messageIds' | 'evidenceAttempts'>

/** Reports of one case that this process reads the conversation for, until `leaseUntil`, epoch ms. */
export type EvidenceClaim = {
  case: Conversation & { id: string; number: number }
  reports: DueReport[]
  leaseUntil: number
}

/**
 * Takes the reports of a connection that have waited longest, of `atMost` cases, with all others of these cases that are
 * due; none: none is. A process that dies gives them up when the lease ends.
 */
export async function claimEvidence(db: Db, connection: string, atMost: number): Promise<EvidenceClaim[]> {
  // Of several that see the same ones first, one gets them: the others look again.
  for (;;) {
    const rows = await leaseFirst(db, connection, atMost)
    const claims = new Map<string, EvidenceClaim>()
    for (const { leased, of } of rows) {
      if (!leased) continue
      const { leaseUntil, ...report } = leased
      const claim = claims.get(of.id) ?? { case: of, reports: [], leaseUntil }
      claim.reports.push(report)
      claims.set(of.id, claim)
    }
    if (claims.size > 0 || rows.length === 0) return [...claims.values()]
    await delay(againAfterMs)
  }
}

const isDue = sql`${reports.evidence} = 'pending' and ${reports.evidenceLeaseUntil} <= ${databaseNowAsKept}`

/**
 * Takes the reports of the cases whose reports wait first: no row, if none waits; a case without a lease, if somebody
 * was faster.
 */
function leaseFirst(db: Db, connection: string, atMost: number) {
  const oldest = db
    .select({ caseId: reports.caseId, since: reports.evidenceLeaseUntil })
    .from(reports)
    .where(and(eq(reports.connection, connection), isDue))
    .orderBy(reports.evidenceLeaseUntil)
    .limit(oldestSeen)
    .as('oldest')
  const first = db
    .$with('first')
    .as(
      db
        .select({ caseId: oldest.caseId })
        .from(oldest)
        .groupBy(oldest.caseId)
        .orderBy(sql`min(${oldest.since})`)
        .limit(atMost),
    )
  const due = db.$with('due').as(
    db
      .select({ id: reports.id })
      .from(reports)
      .where(and(sql`${reports.caseId} in (select case_id from ${first})`, isDue))
      .orderBy(reports.evidenceLeaseUntil)
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
        caseId: reports.caseId,
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
    .innerJoin(cases, eq(cases.id, first.caseId))
    .leftJoin(leased, eq(leased.caseId, first.caseId))
}
