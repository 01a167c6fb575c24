import 'server-only'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { decisionDto } from './decision-dto'
import type { DecisionDto } from './decision-dtos'
import { getDecision } from './decision-rows'
import type { UndoDecisionInput } from './decision-schemas'
import { decisionLeaseSeconds } from './request-decision'
import { restoreMutes } from './restore-mutes'
import { lockSameMute, takeBackWith } from './same-mute'
import { takeBackDecision } from './take-back'
import { refuseUndoOutOfReach } from './undo-reach'

/**
 * Takes a decision back: its cases are open again, its strikes are void and messages that were not sent yet never will
 * be; then its mutes are undone, except those that somebody changed since. The database decides between this and the
 * sending of a message. Further decisions of a run that stand by the same mute go with it. Whoever was removed from a
 * group is not put back. Undoing it again gives the same answer. Throws `FORBIDDEN`, `NOT_FOUND`, `NOT_UNDOABLE` (not
 * carried out, or not yet), `NEEDS_LEAD` (one of its cases was with the leads) and `CASE_CHANGED` with who and when.
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
    const others = await lockSameMute(tx, decision)
    await refuseUndoOutOfReach(tx, actor.id, [decisionId, ...others])
    const undone = await takeBackDecision(tx, decision, actor, { undo: null, isAsked: true, also: others })
    if (undone.length === 0) return false
    await recordAll(tx, [...undone, ...(await takeBackWith(tx, others, actor))])
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
