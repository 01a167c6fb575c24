import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { decisions, notices, reports, strikes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { inSeconds } from '@/lib/mutes/internal'
import { bringBack } from './bring-back'
import { aboutCase, caseChanged } from './change-case'
import { decisionDto } from './decision-dto'
import type { DecisionDto } from './decision-dtos'
import { getDecision } from './decision-rows'
import type { UndoDecisionInput } from './decision-schemas'
import { decisionLeaseSeconds } from './request-decision'
import { restoreMutes } from './restore-mutes'

/**
 * Takes a decision back: its cases are open again, its strikes are void and messages that were not sent yet never will
 * be; then its mutes are undone, except those that somebody changed since. The database decides between this and the
 * sending of a message. Whoever was removed from a group is not put back. Undoing it again gives the same answer.
 * Throws `FORBIDDEN`, `NOT_FOUND`, `NOT_UNDOABLE` (not carried out, or not yet) and `CASE_CHANGED` with who and when.
 */
export async function undoDecision(
  context: Context,
  actor: Actor,
  { decisionId }: UndoDecisionInput,
): Promise<DecisionDto> {
  requirePermission(actor, 'reports:work')
  const decision = await getDecision(context.db, decisionId)
  if (decision.commandIds.length > 0) requirePermission(actor, 'mutes:lift')
  if (decision.status === 'undone') return decisionDto(context, decisionId)
  if (decision.status !== 'applied') throw new AppError('NOT_UNDOABLE')
  const isFirst = await context.db.transaction(async (tx) => {
    const [ended] = await tx
      .update(decisions)
      .set({
        status: 'undone',
        undoneAt: databaseNow,
        undoneBy: actor.id,
        leaseUntil: inSeconds(decisionLeaseSeconds),
      })
      .where(and(eq(decisions.id, decisionId), eq(decisions.status, 'applied')))
      .returning({ id: decisions.id })
    if (!ended) return false
    const { caseId: own, plan, verdict } = decision
    for (const caseId of [own, ...plan.closeWith].sort()) {
      const back = await bringBack(tx, caseId, { from: 'closed', to: 'reopened', by: actor })
      // Of the others somebody may have reopened one already; of its own case then this is no undo any more.
      if (!back && caseId === own) throw await caseChanged(tx, own)
      if (back)
        await tx
          .update(reports)
          .set({ verdict: null })
          .where(and(eq(reports.caseId, caseId), eq(reports.verdict, verdict)))
    }
    const voided = await tx
      .update(strikes)
      .set({ voidedAt: databaseNow })
      .where(and(eq(strikes.decisionId, decisionId), isNull(strikes.voidedAt)))
      .returning({ id: strikes.id })
    const cancelled = await tx
      .update(notices)
      .set({ status: 'cancelled' })
      .where(and(eq(notices.decisionId, decisionId), eq(notices.status, 'held')))
      .returning({ id: notices.id })
    const { data, ...about } = aboutCase(decision.case)
    await record(tx, {
      type: 'decision.undone',
      actorId: actor.id,
      actorName: actor.name,
      ...about,
      data: { ...data, decision: decisionId, cancelled: cancelled.length, strikes: voided.length },
    })
    return true
  })
  if (isFirst) {
    try {
      await restoreMutes(context, actor, decision)
    } catch (error) {
      await wake('carry-out-decisions', decisionLeaseSeconds)
      throw error
    }
  }
  return decisionDto(context, decisionId)
}
