import 'server-only'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { accountNotes, appeals, cases, decisions, evidenceMessages, reports } from '@/lib/db/schema'
import { type CaseRow, nobody } from './change-case'
import { type CaseStatus, openCaseStatuses } from './rules'

type Return = { from: CaseStatus; to: 'reopened' | 'appealed' }

/**
 * Makes a case open again. Reports that came since on the same accused in the same conversation stand in a case of their
 * own, and there can be only one: theirs is merged into this one. Undefined where it is not in the status `from`.
 */
export async function bringBack(tx: Tx, caseId: string, { from, to }: Return): Promise<CaseRow | undefined> {
  const [row] = await tx
    .select()
    .from(cases)
    .where(and(eq(cases.id, caseId), eq(cases.status, from)))
    .for('update')
  if (!row) return undefined
  await absorbTwin(tx, row)
  const [back] = await tx
    .update(cases)
    .set({
      ...nobody,
      status: to,
      version: sql`${cases.version} + 1`,
      verdict: null,
      closedAt: null,
      closedBy: null,
      lookAgainAt: null,
    })
    .where(eq(cases.id, caseId))
    .returning()
  return back
}

/** Takes over what another open case on the same accused in the same conversation holds, an appeal of its own too. */
async function absorbTwin(tx: Tx, row: CaseRow): Promise<void> {
  const [twin] = await tx
    .update(cases)
    .set({ ...nobody, status: 'merged', mergedInto: row.id, version: sql`${cases.version} + 1` })
    .where(
      and(
        eq(cases.connection, row.connection),
        eq(cases.accusedId, row.accusedId),
        eq(cases.groupId, row.groupId),
        eq(cases.topicId, row.topicId),
        eq(cases.peerId, row.peerId),
        ne(cases.id, row.id),
        inArray(cases.status, [...openCaseStatuses]),
      ),
    )
    .returning()
  if (!twin) return
  await tx.update(reports).set({ caseId: row.id }).where(eq(reports.caseId, twin.id))
  await tx.update(decisions).set({ caseId: row.id }).where(eq(decisions.caseId, twin.id))
  await tx.update(appeals).set({ caseId: row.id }).where(eq(appeals.caseId, twin.id))
  await tx.update(accountNotes).set({ caseId: row.id }).where(eq(accountNotes.caseId, twin.id))
  const evidence = await tx.select().from(evidenceMessages).where(eq(evidenceMessages.caseId, twin.id))
  if (evidence.length > 0)
    await tx
      .insert(evidenceMessages)
      .values(evidence.map((message) => ({ ...message, caseId: row.id })))
      .onConflictDoNothing()
  await tx
    .update(cases)
    .set({
      reportCount: row.reportCount + twin.reportCount,
      reporterCount: sql`(select count(distinct ${reports.reporterId}) from ${reports} where ${reports.caseId} = ${row.id})`,
      lastReportedAt: Math.max(row.lastReportedAt, twin.lastReportedAt),
      priority: Math.max(row.priority, twin.priority),
      dueAt: Math.min(row.dueAt, twin.dueAt),
    })
    .where(eq(cases.id, row.id))
}
