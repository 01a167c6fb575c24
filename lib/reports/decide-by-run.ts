import 'server-only'
import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import type { Tx } from '@/lib/db'
import { bulkMuteCases, decisions, muteChanges, notices, strikes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { derivedKey } from '@/lib/mutes/derived-key'
import { adviceFor } from './advice'
import { aboutCase } from './change-case'
import { closeCases } from './conclude-decision'
import { isStrike, weighed } from './decision-actions'
import { getDecision } from './decision-rows'
import { type DecisionPlan, type MuteAction, maxDecisionReasonLength } from './decision-schemas'
import { isAsSuggested } from './ladder'
import { markCommands } from './mark-commands'
import { noticesOfDecision } from './notices-of-decision'
import type { RunCase } from './run-case-rows'

/** Each reporter is told once that it was handled; the accused of a raid are not written to. */
const plan: DecisionPlan = {
  closeWith: [],
  notify: { accused: null, reporters: true },
  lookAgainAt: null,
}

/**
 * Writes the decision of a run on a case that was taken for it: its mute is the run's, which took effect already, so that
 * the decision is carried out with it. An account has one strike of a run and a reporter one answer, however many cases
 * there are. The caller holds the run's lock. Gives what the caller records.
 */
export async function decideByRun(
  tx: Tx,
  { bulk, case: own, wish, item, command }: RunCase,
  now: number,
): Promise<AuditEvent[]> {
  if (wish === 'open' || command === null || bulk.until === null)
    throw new RangeError('this run decides nothing')
  const [advice, changed] = [
    await adviceFor(tx, own, now),
    await tx
      .select({ scope: muteChanges.scope })
      .from(muteChanges)
      .where(eq(muteChanges.commandId, command.id)),
  ]
  const action: MuteAction = {
    kind: item.forecast === 'extend' ? 'extend' : 'mute',
    ...(bulk.groupId !== '' && { groupId: bulk.groupId }),
    ...(bulk.topicId !== '' && { topicId: bulk.topicId }),
    scopes: changed.map(({ scope }) => scope),
    basis: {},
    until: bulk.until,
  }
  const reasonText = bulk.reasonText.slice(0, maxDecisionReasonLength)
  const isUsual = isAsSuggested(advice, wish, weighed([action], now))
  const id = crypto.randomUUID()
  await tx.insert(decisions).values({
    id,
    caseId: own.id,
    actorId: bulk.actorId,
    status: 'applied',
    verdict: wish,
    actions: [action],
    suggestion: advice,
    overrideReason: isUsual ? null : reasonText,
    reasonText,
    commandIds: [command.id],
    plan,
    idempotencyKey: derivedKey(`run ${bulk.id} case ${own.id}`),
    inputHash: bulk.inputHash,
  })
  await markCommands(tx, own.id, [command.id])
  const decision = await getDecision(tx, id)
  const applied = await closeCases(tx, decision, {
    isStrike: isStrike(wish, decision.actions) && !(await hasStrike(tx, bulk.id, own.accusedId)),
    messages: await untold(tx, bulk.id, await noticesOfDecision(tx, decision)),
  })
  await tx
    .update(bulkMuteCases)
    .set({ status: 'decided', decisionId: id, concludedAt: databaseNow })
    .where(and(eq(bulkMuteCases.bulkId, bulk.id), eq(bulkMuteCases.caseId, own.id)))
  const { data, ...about } = aboutCase(own)
  const made: AuditEvent = {
    type: 'decision.made',
    actorId: bulk.actorId,
    actorName: decision.decider.name,
    ...about,
    commandId: command.id,
    data: {
      ...data,
      decision: id,
      verdict: wish,
      actions: [action.kind],
      ...(!isUsual && { override: reasonText }),
      bulk: bulk.id,
    },
  }
  return [made, applied]
}

/** Whether the account has a strike of this run already: for another of its cases. */
async function hasStrike(tx: Tx, bulkId: string, userId: string): Promise<boolean> {
  const [strike] = await tx
    .select({ id: strikes.id })
    .from(strikes)
    .innerJoin(bulkMuteCases, eq(bulkMuteCases.decisionId, strikes.decisionId))
    .where(and(eq(bulkMuteCases.bulkId, bulkId), eq(strikes.userId, userId), isNull(strikes.voidedAt)))
    .limit(1)
  return strike !== undefined
}

/** Without those who have an answer of this run already. */
async function untold<Message extends { userId: string }>(
  tx: Tx,
  bulkId: string,
  messages: Message[],
): Promise<Message[]> {
  const userIds = messages.map(({ userId }) => userId)
  const told = await tx
    .selectDistinct({ userId: notices.userId })
    .from(notices)
    .innerJoin(bulkMuteCases, eq(bulkMuteCases.decisionId, notices.decisionId))
    .where(
      and(
        eq(bulkMuteCases.bulkId, bulkId),
        ne(notices.status, 'cancelled'),
        inArray(notices.userId, userIds),
      ),
    )
  const ids = new Set(told.map(({ userId }) => userId))
  return messages.filter(({ userId }) => !ids.has(userId))
}
