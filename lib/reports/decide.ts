import 'server-only'
import { createHash } from 'node:crypto'
import { canonicalJson } from '@/lib/audit/canonical'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { adviceFor } from './advice'
import { carryOutDecision } from './carry-out'
import { getCaseRow } from './change-case'
import { fixedActions, requireRights, weighed } from './decision-actions'
import { decisionDto } from './decision-dto'
import type { DecisionDto } from './decision-dtos'
import type { DecideCaseInput } from './decision-schemas'
import { isAsSuggested } from './ladder'
import { findEarlierDecision, requestDecision } from './request-decision'

/**
 * Decides a case: what is found of its reports, and what is done about the accused. The decision is written down (tx 1),
 * its mutes and removals go to the provider through the verbs of the mutes, and its strikes, messages and the closing
 * follow (tx 2). If the provider fails, the case is open again and says so. A process that dies in between leaves it to
 * the job. The same idempotency key with the same input gives the first decision again.
 *
 * Throws `FORBIDDEN`, `NOT_FOUND`, `INVALID_INPUT` (`end`; `overrideReason` where something else is done than the
 * ladder says; `lookAgainAt`), `CASE_CHANGED` and `CLAIM_LOST` with who and when, `IDEMPOTENCY_MISMATCH`. Once it is
 * written, its failure is in its status, not thrown.
 */
export async function decideCase(
  context: Context,
  actor: Actor,
  input: DecideCaseInput,
): Promise<DecisionDto> {
  requirePermission(actor, 'reports:work')
  requireRights(actor, input.actions)
  const { db, clock } = context
  const inputHash = createHash('sha256').update(canonicalJson(input)).digest('hex')
  const earlier = await findEarlierDecision(db, actor, input.idempotencyKey, inputHash)
  if (earlier) return decisionDto(context, earlier)

  const now = clock.now()
  if (input.lookAgainAt !== null && input.lookAgainAt <= now)
    throw new AppError('INVALID_INPUT', { fields: { lookAgainAt: 'in_past' } })
  const actions = fixedActions(input.actions, now)
  const advice = await adviceFor(db, await getCaseRow(db, input.caseId), now)
  const isUsual = isAsSuggested(advice, input.verdict, weighed(actions, now))
  if (!isUsual && !input.overrideReason)
    throw new AppError('INVALID_INPUT', { fields: { overrideReason: 'required' } })

  const overrideReason = isUsual ? null : (input.overrideReason ?? null)
  const { id, isNew } = await requestDecision(db, actor, {
    input,
    inputHash,
    actions,
    advice,
    overrideReason,
  })
  if (isNew) await carryOutDecision(context, id)
  return decisionDto(context, id)
}
