import 'server-only'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import {
  accountNotes,
  appeals,
  caseMentions,
  cases,
  decisions,
  evidenceMessages,
  reports,
} from '@/lib/db/schema'
import { inSeconds } from '@/lib/mutes/internal'
import { findReportPolicies } from '@/lib/settings/report-policies'
import { policyOf } from '@/lib/settings/report-rules'
import { aboutCase, type CaseRow, nobody } from './change-case'
import { moreSevere } from './priority'
import { type CaseStatus, openCaseStatuses } from './rules'

type Return = {
  from: CaseStatus
  to: 'reopened' | 'appealed'
  /** who brings it back; null: the console, at its time */
  by: Pick<Actor, 'id' | 'name'> | null
}

/** So often another case may be opened on the same accused in the same conversation while this one comes back. */
const maxTries = 5

/**
 * Makes a case open again; one that was closed is to be looked at within its category's time from now on. Reports that
 * came since on the same accused in the same conversation stand in a case of their own, and there can be only one:
 * theirs is merged into this one, with its audit event. Undefined where it is not in the status `from`.
 */
export async function bringBack(tx: Tx, caseId: string, way: Return): Promise<CaseRow | undefined> {
  const [row] = await tx
    .select()
    .from(cases)
    .where(and(eq(cases.id, caseId), eq(cases.status, way.from)))
    .for('update')
  if (!row) return undefined
  for (let tries = 1; ; tries += 1) {
    try {
      return await tx.transaction((step) => reopen(step, row, way))
    } catch (error) {
      // A report opened another one between the two statements: it is there to be merged at the next try.
      if (tries === maxTries || !isOpenTwice(error)) throw error
    }
  }
}

async function reopen(tx: Tx, row: CaseRow, { from, to, by }: Return): Promise<CaseRow | undefined> {
  // First of the two, so that what is due earlier in the other one stays due then.
  if (from === 'closed') {
    const { slaSeconds } = policyOf(await findReportPolicies(tx), row.category)
    await tx
      .update(cases)
      .set({
        dueAt: inSeconds(slaSeconds),
        // What was decided and is looked at again in time is an emergency no more.
        ...(by === null && { urgentAt: null }),
        // An appeal goes to anybody but who decided: where there is one lead, nobody could answer it otherwise.
        ...(to === 'appealed' && { escalatedAt: null, escalatedBy: null }),
      })
      .where(eq(cases.id, row.id))
  }
  await absorbTwin(tx, row, { to, by })
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
    .where(eq(cases.id, row.id))
    .returning()
  return back
}

/** The database refuses a second open case of one conversation, whoever opens it. */
function isOpenTwice(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return (
    typeof cause === 'object' && cause !== null && 'constraint' in cause && cause.constraint === 'cases_open'
  )
}

/** Takes over what another open case on the same accused in the same conversation holds, an appeal of its own too. */
async function absorbTwin(tx: Tx, row: CaseRow, { to, by }: Pick<Return, 'to' | 'by'>): Promise<void> {
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
  await moveMentions(tx, twin.id, row.id)
  const category = moreSevere(await findReportPolicies(tx), row.category, twin.category)
  const { priority, priorityWhy } = twin.priority > row.priority ? twin : row
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
      ...{ category, priority, priorityWhy },
      ...(twin.urgentAt !== null && { urgentAt: twin.urgentAt }),
      ...(twin.escalatedAt !== null &&
        to !== 'appealed' && { escalatedAt: twin.escalatedAt, escalatedBy: twin.escalatedBy }),
      dueAt: sql`least(${cases.dueAt}, ${new Date(twin.dueAt).toISOString()}::timestamptz)`,
    })
    .where(eq(cases.id, row.id))
  const { data, ...about } = aboutCase(twin)
  await record(tx, {
    type: 'case.merged',
    actorId: by?.id ?? null,
    actorName: by?.name ?? 'system',
    ...about,
    data: { ...data, into: row.id, intoNumber: row.number },
  })
}

/** Who was named there finds the case that goes on. */
async function moveMentions(tx: Tx, from: string, to: string): Promise<void> {
  const named = await tx.delete(caseMentions).where(eq(caseMentions.caseId, from)).returning()
  if (named.length === 0) return
  const moved = named.map((mention) => ({ ...mention, caseId: to }))
  // In the order in which notes name them: of two who name the same people none waits for the other.
  moved.sort((a, b) => (a.moderatorId < b.moderatorId ? -1 : 1))
  await tx.insert(caseMentions).values(moved).onConflictDoNothing()
}
