import 'server-only'
import { and, eq, gt, inArray, isNull, not, notExists, or, sql } from 'drizzle-orm'
import type { CaseLeftReason } from '@/lib/bulk-mutes/rules'
import type { Tx } from '@/lib/db'
import { cases, decisions } from '@/lib/db/schema'
import { hasOpenAppeal, isFree, nobody } from './change-case'
import { isInReachOf } from './needs-lead'
import { openCaseStatuses } from './rules'
import type { RunCase } from './run-case-rows'

/**
 * Takes a case for its run's decision: the database decides between this and a colleague. More reports do not matter,
 * nor whether it was sorted or held since; it must be open, under no appeal, decided by nobody since the run was made,
 * and in nobody's hands but the author's. Gives why it was left; null: it was taken.
 */
export async function takeForRun(
  tx: Tx,
  { bulk, case: { id } }: RunCase,
): Promise<Extract<CaseLeftReason, 'appealed' | 'changed' | 'claimed' | 'not_allowed'> | null> {
  // Before the change: an appeal that is being filed is seen by the next statement.
  await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, id)).for('update')
  if ((await tx.$count(cases, and(eq(cases.id, id), hasOpenAppeal))) > 0) return 'appealed'
  if ((await tx.$count(cases, and(eq(cases.id, id), not(isInReachOf(bulk.actorId))))) > 0)
    return 'not_allowed'
  const decidedSince = tx
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.caseId, cases.id), gt(decisions.decidedAt, bulk.createdAt)))
  const isOpen = and(eq(cases.id, id), inArray(cases.status, [...openCaseStatuses]), notExists(decidedSince))
  const isInReach = and(
    or(isFree, eq(cases.claimedBy, bulk.actorId)),
    or(isNull(cases.heldFor), eq(cases.heldFor, bulk.actorId)),
  )
  const [taken] = await tx
    .update(cases)
    .set({
      ...nobody,
      status: 'decided',
      version: sql`${cases.version} + 1`,
      claimedBy: bulk.actorId,
      lookAgainAt: null,
    })
    .where(and(isOpen, isInReach))
    .returning({ id: cases.id })
  if (taken) return null
  return (await tx.$count(cases, isOpen)) > 0 ? 'claimed' : 'changed'
}
