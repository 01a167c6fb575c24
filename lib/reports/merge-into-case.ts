import 'server-only'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { cases, muteCommands, reports, strikes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import { policiesOf, storedPolicies } from '@/lib/settings/report-policies'
import { policyOf, type ReportPolicies } from '@/lib/settings/report-rules'
import { maxRepeat, maxVolume, moreSevere, priorityOf } from './priority'
import { priorityWhySchema } from './report-schemas'
import { openCaseStatuses } from './rules'

type CaseRow = typeof cases.$inferSelect
type ReportRow = typeof reports.$inferSelect

/** What of a report decides its case, and where it stands in the queue. */
export type Accusation = Pick<ReportRow, 'connection' | 'accusedId' | 'reporterId' | 'category'> &
  Pick<CaseRow, 'groupId' | 'topicId' | 'peerId'>

/** How many of a reporter's latest reports say how often they are right. */
const judgedOfLatest = 50

/**
 * Counts a report into the open case on the same accused in the same conversation, or opens one; the database decides
 * who opens it. Holds the case's row until the transaction ends: reports on one case come one after the other, each at
 * the cost of one narrow update, however many there are. Does not raise `version`: nobody's work is refused because one
 * more person complained. Gives the policies too that it went by.
 */
export async function mergeIntoCase(
  tx: Tx,
  accusation: Accusation,
): Promise<Pick<CaseRow, 'id' | 'number'> & { policies: ReportPolicies }> {
  const { id, isNew } = await lockCase(tx, accusation)
  // A statement of its own, after the lock: it sees what whoever held the row before has written.
  const { stored, ...found } = await readFacts(tx, id, accusation)
  const policies = policiesOf(stored)
  const category = moreSevere(policies, found.category, accusation.category)
  const { priority, why } = priorityOf(
    {
      category,
      severity: policyOf(policies, category).severity,
      isUrgent: policyOf(policies, category).isUrgent,
      reportsLastHour: found.reportsLastHour + 1,
      reporter: accusation.reporterId === null ? null : found,
      repeats: found.repeats,
    },
    isNew ? null : priorityWhySchema.parse(found.priorityWhy),
  )
  const isFirstOfReporter = accusation.reporterId !== null && !found.isKnown
  await tx
    .update(cases)
    .set({
      reportCount: sql`${cases.reportCount} + 1`,
      lastReportedAt: databaseNow,
      // What stays the same is left out, so that indexes need not be written.
      ...(isFirstOfReporter && { reporterCount: sql`${cases.reporterCount} + 1` }),
      ...(priority !== found.priority && { priority, priorityWhy: why }),
      ...(isNew && { dueAt: dueAt(policies, category) }),
      ...(category !== found.category && {
        category,
        dueAt: sql`least(${cases.dueAt}, ${dueAt(policies, category)})`,
      }),
    })
    .where(eq(cases.id, id))
  return { id, number: found.number, policies }
}

function dueAt(policies: ReportPolicies, category: CaseRow['category']): SQL {
  return inSeconds(policyOf(policies, category).slaSeconds)
}

/** When a new one is due is told by the policies, which are read with everything else of it. */
async function lockCase(tx: Tx, accusation: Accusation): Promise<{ id: string; isNew: boolean }> {
  const { connection, accusedId, groupId, topicId, peerId, category } = accusation
  const place = { connection, accusedId, groupId, topicId, peerId }
  // A case that is closed right between the two statements is followed by another one at the next try.
  for (let tries = 0; tries < 5; tries += 1) {
    const [open] = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(
        and(
          eq(cases.connection, connection),
          eq(cases.accusedId, accusedId),
          eq(cases.groupId, groupId),
          eq(cases.topicId, topicId),
          eq(cases.peerId, peerId),
          isOpen,
        ),
      )
      .for('update')
    if (open) return { id: open.id, isNew: false }
    const [opened] = await tx
      .insert(cases)
      .values({ id: crypto.randomUUID(), ...place, category, dueAt: databaseNow })
      .onConflictDoNothing({
        target: [cases.connection, cases.accusedId, cases.groupId, cases.topicId, cases.peerId],
        where: isOpen,
      })
      .returning({ id: cases.id })
    if (opened) return { id: opened.id, isNew: true }
  }
  throw new Error('a case was opened and closed again and again')
}

// Written out, not as parameters: the planner must see that it is the partial index's own condition.
const isOpen = sql`status in (${sql.raw(openCaseStatuses.map((status) => `'${status}'`).join(', '))})`

/** Every part reads a bounded piece of an index, so that the thousandth report costs what the second one does. */
async function readFacts(tx: Tx, caseId: string, { connection, accusedId, reporterId }: Accusation) {
  const latest = tx
    .select({ verdict: reports.verdict })
    .from(reports)
    .where(
      reporterId === null
        ? sql`false`
        : and(eq(reports.connection, connection), eq(reports.reporterId, reporterId)),
    )
    .orderBy(sql`${reports.receivedAt} desc nulls last`)
    .limit(judgedOfLatest)
    .as('latest')
  const judged = tx
    .select({
      judged:
        sql<number>`count(*) filter (where ${latest.verdict} in ('valid', 'not_valid', 'bad_faith'))::int`.as(
          'judged',
        ),
      valid: sql<number>`count(*) filter (where ${latest.verdict} = 'valid')::int`.as('valid'),
    })
    .from(latest)
    .as('of_reporter')
  const [facts] = await tx
    .select({
      number: cases.number,
      category: cases.category,
      priority: cases.priority,
      priorityWhy: cases.priorityWhy,
      isKnown: sql<boolean>`exists (select from ${reports}
        where ${reports.caseId} = ${caseId} and ${reports.reporterId} = ${reporterId})`,
      reportsLastHour: sql<number>`(select count(*)::int from (select from ${reports}
        where ${reports.caseId} = ${caseId} and ${reports.receivedAt} > now() - interval '1 hour'
        limit ${maxVolume}) as lately)`,
      repeats: sql<number>`(select count(*)::int from (
        (select from ${strikes} where ${strikes.connection} = ${connection} and ${strikes.userId} = ${accusedId}
          and ${strikes.givenAt} > now() - interval '30 days' and ${strikes.voidedAt} is null limit ${maxRepeat})
        union all
        (select from ${muteCommands} where ${muteCommands.connection} = ${connection}
          and ${muteCommands.userId} = ${accusedId} and ${muteCommands.requestedAt} > now() - interval '30 days'
          and ${muteCommands.kind} = 'mute' and ${muteCommands.status} = 'applied' limit ${maxRepeat})
        ) as lately)`,
      stored: storedPolicies,
      judged: judged.judged,
      valid: judged.valid,
    })
    .from(cases)
    .innerJoin(judged, sql`true`)
    .where(eq(cases.id, caseId))
  if (!facts) throw new Error('the case went away under its lock')
  return facts
}
