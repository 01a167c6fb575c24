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
 *
 * Waits for a case that another transaction holds if all of them are on one (`waits`). Else nobody is made to wait, and
 * those on such a case, or on one that is opened or closed at that very moment, get null: nothing is done with them.
 */
export async function mergeIntoCases(
  tx: Tx,
  policies: ReportPolicies,
  accusations: readonly Accusation[],
  { waits }: { waits: boolean },
): Promise<(Into | null)[]> {
  // A case is opened by the first one's report.
  const asked = [...new Map(accusations.toReversed().map((one) => [placeKeyOf(one), one])).values()]
  if (waits && asked.length > 1) throw new RangeError('who waits for several cases may wait for ever')
  const locked = waits
    ? await waitForCase(tx, policies, asked)
    : await lockCases(tx, policies, asked, skipping)
  const joining = accusations.flatMap((accusation) => {
    const caseId = locked.get(placeKeyOf(accusation))
    return caseId === undefined ? [] : [{ ...accusation, caseId }]
  })
  if (joining.length === 0) return accusations.map(() => null)
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
  return accusations.map((report) => {
    const caseId = locked.get(placeKeyOf(report))
    return caseId === undefined ? null : { id: caseId, number: factsOf({ ...report, caseId }).number }
  })
}

/** Of everything that a place is made of. Ids may hold anything printable, so a line break parts them. */
export const placeKeyOf = ({ connection, accusedId, groupId, topicId, peerId }: Place) =>
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

/** The open case of the one place, locked. */
async function waitForCase(tx: Tx, policies: ReportPolicies, asked: Accusation[]): Promise<Locked> {
  // A case that is closed right between the two statements is followed by another one at the next try.
  for (let tries = 0; tries < 5; tries += 1) {
    const locked = await lockCases(tx, policies, asked, waiting)
    if (locked.size > 0) return locked
  }
  throw new Error('a case was opened and closed again and again')
}

type Locked = Map<string, string>

const waiting = { of: cases }
const skipping = { of: cases, skipLocked: true } as const

/**
 * The open cases of the places that are there and free, locked, and those that are opened here. Nobody waits with a case
 * in hand but for another one's opening of a case; those are opened in one order, so not in a circle.
 */
async function lockCases(
  tx: Tx,
  policies: ReportPolicies,
  asked: readonly Accusation[],
  how: typeof waiting,
): Promise<Locked> {
  const open = (of: readonly Accusation[]) =>
    tx
      .select({ id: cases.id, ...place })
      .from(cases)
      .innerJoin(recordsOf('asked', place, of), and(isAskedPlace, isOpen))
  const locked: Locked = new Map()
  for (const { id, ...of } of await open(asked).for('no key update', how)) locked.set(placeKeyOf(of), id)
  const missing = asked.filter((accusation) => !locked.has(placeKeyOf(accusation)))
  if (missing.length === 0) return locked
  // To try and open a case that is there would use up a number.
  const held = new Set((await open(missing)).map(placeKeyOf))
  const absent = missing.filter((accusation) => !held.has(placeKeyOf(accusation)))
  if (absent.length === 0) return locked
  const opened = await tx
    .insert(cases)
    .values(
      absent.sort(byPlace).map(({ connection, accusedId, groupId, topicId, peerId, category }) => ({
        ...{ connection, accusedId, groupId, topicId, peerId, category },
        id: crypto.randomUUID(),
        dueAt: inSeconds(policyOf(policies, category).slaSeconds),
      })),
    )
    .onConflictDoNothing({ target: Object.values(place), where: isOpen })
    .returning({ id: cases.id, ...place })
  for (const { id, ...of } of opened) locked.set(placeKeyOf(of), id)
  return locked
}

const byPlace = (a: Accusation, b: Accusation) => (placeKeyOf(a) < placeKeyOf(b) ? -1 : 1)

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
