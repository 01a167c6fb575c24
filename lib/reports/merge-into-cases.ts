import 'server-only'
import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { recordsOf } from '@/lib/db/rows'
import { cases, type reports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import { policyOf, type ReportPolicies } from '@/lib/settings/report-rules'
import { readFacts } from './case-facts'
import { gainOf } from './case-gain'
import { openCaseStatuses } from './rules'

type CaseRow = typeof cases.$inferSelect
type ReportRow = typeof reports.$inferSelect

/** What of a report decides its case, and where it stands in the queue. */
export type Accusation = Pick<ReportRow, 'connection' | 'accusedId' | 'reporterId' | 'category'> &
  Pick<CaseRow, 'groupId' | 'topicId' | 'peerId'>

type Place = Pick<CaseRow, 'connection' | 'accusedId' | 'groupId' | 'topicId' | 'peerId'>
type Into = Pick<CaseRow, 'id' | 'number'>

/**
 * Counts reports into the open cases on the same accused in the same conversation, or opens them; the database decides
 * who opens one. Gives the case of each, in the same order. Holds the cases' rows until the transaction ends: reports on
 * one case come one after the other, each at the cost of a narrow update, however many there are. Does not raise
 * `version`: nobody's work is refused because one more person complained.
 */
export async function mergeIntoCases(
  tx: Tx,
  policies: ReportPolicies,
  accusations: readonly Accusation[],
): Promise<Into[]> {
  const locked = await lockCases(tx, policies, accusations)
  const joining = accusations.map((accusation) => {
    const caseId = locked.get(keyOf(accusation))
    if (caseId === undefined) throw new Error('a report has no case')
    return { ...accusation, caseId }
  })
  // A statement of its own, after the locks: it sees what whoever held the rows before has written.
  const factsOf = await readFacts(tx, joining)
  const byCase = Map.groupBy(joining, ({ caseId }) => caseId)
  const gains = [...byCase].map(([id, same]) => ({
    id,
    ...gainOf(
      policies,
      same.map((report) => ({ category: report.category, facts: factsOf(report) })),
    ),
  }))
  await addGains(tx, gains)
  return joining.map((report) => ({ id: report.caseId, number: factsOf(report).number }))
}

/** Of everything that a place is made of. Ids may hold anything printable, so a line break parts them. */
const keyOf = ({ connection, accusedId, groupId, topicId, peerId }: Place) =>
  [connection, accusedId, groupId, topicId, peerId].join('\n')

const place = {
  connection: cases.connection,
  accusedId: cases.accusedId,
  groupId: cases.groupId,
  topicId: cases.topicId,
  peerId: cases.peerId,
}

const isAskedPlace = and(
  ...Object.values(place).map((column) => eq(column, sql`asked.${sql.identifier(column.name)}`)),
)

/** A case was opened or closed while several were being locked: what is held is given back before the next try. */
export class CasesMoved extends Error {}

/**
 * The open case of each place, locked: first those that are there, in one order, then those that are opened here, so that
 * two that take in many do not wait for each other in a circle. Throws `CasesMoved`, of several places alone.
 */
async function lockCases(
  tx: Tx,
  policies: ReportPolicies,
  accusations: readonly Accusation[],
): Promise<Map<string, string>> {
  const locked = new Map<string, string>()
  const byKey = (a: Accusation, b: Accusation) => (keyOf(a) < keyOf(b) ? -1 : 1)
  // A case is opened by the first one's report.
  const asked = [...new Map(accusations.toReversed().map((one) => [keyOf(one), one])).values()].sort(byKey)
  // A case that is closed right between the two statements is followed by another one at the next try.
  for (let tries = 0; tries < 5; tries += 1) {
    const missing = asked.filter((accusation) => !locked.has(keyOf(accusation)))
    if (missing.length === 0) return locked
    if (tries > 0 && asked.length > 1) throw new CasesMoved()
    const open = await tx
      .select({ id: cases.id, ...place })
      .from(cases)
      .innerJoin(recordsOf('asked', place, missing), and(isAskedPlace, isOpen))
      .orderBy(cases.id)
      .for('update', { of: cases })
    for (const { id, ...of } of open) locked.set(keyOf(of), id)
    const absent = missing.filter((accusation) => !locked.has(keyOf(accusation)))
    if (absent.length === 0) return locked
    const opened = await tx
      .insert(cases)
      .values(
        absent.map(({ connection, accusedId, groupId, topicId, peerId, category }) => ({
          ...{ connection, accusedId, groupId, topicId, peerId, category },
          id: crypto.randomUUID(),
          dueAt: inSeconds(policyOf(policies, category).slaSeconds),
        })),
      )
      .onConflictDoNothing({ target: Object.values(place), where: isOpen })
      .returning({ id: cases.id, ...place })
    for (const { id, ...of } of opened) locked.set(keyOf(of), id)
  }
  throw new Error('a case was opened and closed again and again')
}

// Written out, not as parameters: the planner must see that it is the partial index's own condition.
const isOpen = sql`status in (${sql.raw(openCaseStatuses.map((status) => `'${status}'`).join(', '))})`

const { id, reportCount, reporterCount, category, priority, priorityWhy, dueAt } = getTableColumns(cases)

/** Most of it stays as it is: PostgreSQL then leaves the indexes alone. */
async function addGains(tx: Tx, gains: readonly Record<string, unknown>[]): Promise<void> {
  const columns = { id, reportCount, reporterCount, category, priority, priorityWhy, dueAt }
  const gained = (column: { name: string }) => sql`gain.${sql.identifier(column.name)}`
  await tx
    .update(cases)
    .set({
      reportCount: sql`${reportCount} + ${gained(reportCount)}`,
      reporterCount: sql`${reporterCount} + ${gained(reporterCount)}`,
      lastReportedAt: databaseNow,
      category: sql`${gained(category)}`,
      priority: sql`${gained(priority)}`,
      priorityWhy: sql`${gained(priorityWhy)}`,
      // Without a sooner one `least` leaves it as it is.
      dueAt: sql`least(${dueAt}, ${gained(dueAt)})`,
    })
    .from(recordsOf('gain', columns, gains))
    .where(eq(id, gained(id)))
}
