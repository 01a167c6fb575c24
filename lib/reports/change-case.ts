import 'server-only'
import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { auditTypes } from '@/lib/audit/outcomes'
import type { Actor } from '@/lib/auth/actor'
import type { Db, Tx } from '@/lib/db'
import { auditEvents, cases, moderators } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError, type ErrorDetails } from '@/lib/errors'
import type { CaseWrite } from './case-schemas'
import { isInReachOf, refuseOutOfReach } from './needs-lead'
import type { CaseStatus } from './rules'

export type CaseRow = typeof cases.$inferSelect

/** Nobody works on it, or nobody renewed the claim; by the database's clock. */
export const isFree = or(isNull(cases.claimUntil), sql`${cases.claimUntil} <= ${databaseNow}`)

/** It waits for the answer to an appeal, whatever its status: it is answered, not decided over. */
export const hasOpenAppeal = sql<boolean>`exists (select from appeals
  where appeals.case_id = cases.id and appeals.status = 'open')`

/** What a case is when nobody works on it any more: to be looked at, or again, or at the appeal. */
export const restingStatus = sql<CaseStatus>`case
  when ${hasOpenAppeal} then 'appealed'
  when exists (select from decisions where decisions.case_id = cases.id) then 'reopened'
  else 'triaged' end`

/** What ends a claim or a hold. */
export const nobody = {
  claimToken: null,
  claimedBy: null,
  claimUntil: null,
  heldUntil: null,
  heldFor: null,
} as const

type Change = { [Column in keyof CaseRow]?: SQL | CaseRow[Column] }

/**
 * Changes a case if it still is at that version, in one of these statuses, and either free or under this very claim;
 * raises its version. Throws `NOT_FOUND`, `NEEDS_LEAD`, `CLAIM_LOST`, `CASE_CLAIMED` and `CASE_CHANGED`.
 */
export async function changeCase(
  tx: Tx,
  who: Pick<Actor, 'id'>,
  { caseId, version, claimToken }: CaseWrite,
  from: readonly CaseStatus[],
  change: Change,
): Promise<CaseRow> {
  const [changed] = await tx
    .update(cases)
    .set({ ...change, version: sql`${cases.version} + 1` })
    .where(
      and(
        eq(cases.id, caseId),
        eq(cases.version, version),
        inArray(cases.status, [...from]),
        isInReachOf(who.id),
        claimToken === undefined
          ? isFree
          : and(eq(cases.claimToken, claimToken), sql`${cases.claimUntil} > ${databaseNow}`),
      ),
    )
    .returning()
  return changed ?? (await refuseChange(tx, who, { caseId, claimToken }))
}

/**
 * Why a case was not changed. Throws `NOT_FOUND`, `NEEDS_LEAD`, `CLAIM_LOST`, `CASE_CLAIMED` or, when nothing else is,
 * `CASE_CHANGED`.
 */
export async function refuseChange(
  tx: Db | Tx,
  who: Pick<Actor, 'id'>,
  { caseId, claimToken }: { caseId: string; claimToken?: string | undefined },
): Promise<never> {
  const [found] = await tx
    .select({ row: cases, by: moderators.name, isFree: sql<boolean>`${isFree}` })
    .from(cases)
    .leftJoin(moderators, eq(moderators.id, cases.claimedBy))
    .where(eq(cases.id, caseId))
  if (!found) throw new AppError('NOT_FOUND')
  await refuseOutOfReach(tx, who.id, caseId)
  const { row, by } = found
  const isHolder = claimToken !== undefined && row.claimToken === claimToken && !found.isFree
  if (claimToken !== undefined && !isHolder)
    throw new AppError('CLAIM_LOST', { details: await lastChange(tx, row) })
  if (!isHolder && !found.isFree && by !== null && row.claimUntil !== null)
    throw new AppError('CASE_CLAIMED', {
      details: { by, until: row.claimUntil, isYours: row.claimedBy === who.id },
    })
  throw new AppError('CASE_CHANGED', { details: await lastChange(tx, row) })
}

/** Events that name their case. */
export const caseEventTypes = auditTypes.filter((type) => /^(case|report|decision|appeal|note)\./.test(type))

/** A case. Throws `NOT_FOUND`. */
export async function getCaseRow(db: Db | Tx, caseId: string): Promise<CaseRow> {
  const [row] = await db.select().from(cases).where(eq(cases.id, caseId))
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** Why a write to a case came too late: who changed it last, what and when. Throws `NOT_FOUND`. */
export async function caseChanged(tx: Db | Tx, caseId: string): Promise<AppError> {
  return new AppError('CASE_CHANGED', { details: await lastChange(tx, await getCaseRow(tx, caseId)) })
}

/** Who changed a case last, what and when; empty where the audit tells of nothing. */
async function lastChange(tx: Db | Tx, { id, accusedId }: CaseRow): Promise<ErrorDetails> {
  const [last] = await tx
    .select({ by: auditEvents.actorName, at: auditEvents.at, what: auditEvents.type })
    .from(auditEvents)
    .where(isAbout(id, accusedId))
    .orderBy(desc(auditEvents.seq))
    .limit(1)
  return last ?? {}
}

/** The audit's events about a case, found by its accused. */
export function isAbout(caseId: string, accusedId: string): SQL | undefined {
  return and(
    eq(auditEvents.userId, accusedId),
    inArray(auditEvents.type, caseEventTypes),
    sql`${auditEvents.data} ->> 'case' = ${caseId}`,
  )
}

/** The fields that every event of the audit about a case has. */
export function aboutCase({ id, number, connection, accusedId }: CaseRow) {
  return { connection, userId: accusedId, data: { case: id, number } }
}

/** The same with whose doing it was. */
export function auditOf(row: CaseRow, who: Pick<Actor, 'id' | 'name'>) {
  return { actorId: who.id, actorName: who.name, ...aboutCase(row) }
}
