import 'server-only'
import { and, inArray, not } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { cases, decisions } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { isDecidedSince } from './decided-since'
import { sameMuteAs } from './decided-together'
import { getDecision } from './decision-rows'
import { decisionPlanSchema } from './decision-schemas'
import { isInReachOf } from './needs-lead'

/** Whether this moderator may open again all that an undo of the decision would open. Throws `NOT_FOUND`. */
export async function isUndoInReach(db: Db, moderatorId: string, decisionId: string): Promise<boolean> {
  return isInReach(db, moderatorId, [decisionId, ...(await othersOf(db, decisionId))])
}

/** The same for granting an appeal against it, which leaves its own case closed. Throws `NOT_FOUND`. */
export async function isLiftInReach(db: Db, moderatorId: string, decisionId: string): Promise<boolean> {
  return isInReach(db, moderatorId, await othersOf(db, decisionId))
}

async function othersOf(db: Db, decisionId: string): Promise<string[]> {
  return (await sameMuteAs(db, await getDecision(db, decisionId))).map(({ id }) => id)
}

/**
 * Keeps what an undo of these decisions would open from everybody but leads where it was passed to them. Throws
 * `NEEDS_LEAD`.
 */
export async function refuseUndoOutOfReach(
  tx: Tx,
  moderatorId: string,
  decisionIds: string[],
): Promise<void> {
  if (!(await isInReach(tx, moderatorId, decisionIds))) throw new AppError('NEEDS_LEAD')
}

/** A closed case keeps the mark that it had when it was decided. What was decided again since is not opened. */
async function isInReach(db: Db | Tx, moderatorId: string, decisionIds: string[]): Promise<boolean> {
  const rows = await db
    .select({ id: decisions.id, caseId: decisions.caseId, plan: decisions.plan })
    .from(decisions)
    .where(inArray(decisions.id, decisionIds))
  const closed = rows.flatMap(({ id, caseId, plan }) =>
    [caseId, ...decisionPlanSchema.parse(plan).closeWith].map((one) => ({ caseId: one, by: id })),
  )
  const caseIds = closed.map(({ caseId }) => caseId)
  const far = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(inArray(cases.id, caseIds), not(isInReachOf(moderatorId))))
  for (const { caseId, by } of closed)
    if (far.some(({ id }) => id === caseId) && !(await isDecidedSince(db, by, caseId))) return false
  return true
}
