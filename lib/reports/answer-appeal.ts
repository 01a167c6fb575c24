import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { appeals, cases, decisions, notices, strikes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { resolveEnd } from '@/lib/mutes/ends'
import { inSeconds } from '@/lib/mutes/internal'
import { findNoticeTemplates } from '@/lib/settings/notice-templates'
import type { AnswerAppealInput } from './appeal-schemas'
import { aboutCase, caseChanged, nobody } from './change-case'
import { decisionDto } from './decision-dto'
import type { DecisionDto } from './decision-dtos'
import { type Decision, getDecision } from './decision-rows'
import { refuseOutOfReach } from './needs-lead'
import { appealAnswerText } from './notice-text'
import { decisionLeaseSeconds } from './request-decision'
import { restoreMutes } from './restore-mutes'
import { noticeHoldSeconds } from './rules'
import { lockSameMute, takeBackWith } from './same-mute'
import { shortenMutes } from './shorten-mutes'
import { takeForDecision } from './take-for-decision'

/**
 * Answers an appeal, by somebody other than who decided. Lifting gives back what held before this decision's mutes and
 * voids its strikes, also those of further decisions of a run by the same mute; shortening moves their end; both leave alone what somebody changed since. Then the case is closed
 * and the accused told. Throws `FORBIDDEN`, `NOT_FOUND`, `OWN_DECISION`, `NEEDS_LEAD`, `INVALID_INPUT` (`end`), `CASE_CHANGED`,
 * `CLAIM_LOST`, and where a mute could not be shortened what `applyMute` throws; nothing was written then.
 */
export async function answerAppeal(
  context: Context,
  actor: Actor,
  input: AnswerAppealInput,
): Promise<DecisionDto> {
  requirePermission(actor, 'reports:work')
  if (input.answer === 'lifted') requirePermission(actor, 'mutes:lift')
  const { db, clock } = context
  const [appeal] = await db.select().from(appeals).where(eq(appeals.id, input.appealId))
  if (!appeal) throw new AppError('NOT_FOUND')
  const decision = await getDecision(db, appeal.decisionId)
  if (decision.actorId === actor.id) throw new AppError('OWN_DECISION')
  await refuseOutOfReach(db, actor.id, appeal.caseId)
  const isAnswerable = appeal.status === 'open' && decision.status === 'applied'
  if (!isAnswerable || decision.case.version !== input.version) throw await caseChanged(db, appeal.caseId)

  const until = input.end === undefined ? null : resolveEnd(input.end, clock.now())
  if (input.answer === 'shortened' && typeof until === 'number')
    await shortenMutes(context, actor, { decision, appealId: appeal.id, until, reason: input.text })

  await db.transaction(async (tx) => {
    const others = input.answer === 'lifted' ? await lockSameMute(tx, decision) : []
    const own = await takeForDecision(tx, actor, { ...input, caseId: appeal.caseId })
    const [answered] = await tx
      .update(appeals)
      .set({ status: input.answer, answeredAt: databaseNow, answeredBy: actor.id, answer: input.text })
      .where(and(eq(appeals.id, appeal.id), eq(appeals.status, 'open')))
      .returning({ id: appeals.id })
    if (!answered) throw await caseChanged(tx, appeal.caseId)
    if (input.answer === 'lifted') await takeBack(tx, actor, decision)
    await tx
      .update(cases)
      .set({
        ...nobody,
        status: 'closed',
        version: sql`${cases.version} + 1`,
        closedAt: databaseNow,
        closedBy: actor.id,
        verdict: decision.verdict,
      })
      .where(eq(cases.id, own.id))
    if (input.notify !== null)
      await tx.insert(notices).values({
        id: crypto.randomUUID(),
        decisionId: decision.id,
        caseId: own.id,
        kind: 'appeal_answer',
        connection: own.connection,
        userId: own.accusedId,
        language: input.notify,
        text: appealAnswerText(await findNoticeTemplates(tx), input.notify, input.text, until),
        sendAfter: inSeconds(noticeHoldSeconds),
      })
    const { data, ...about } = aboutCase(own)
    const answer: AuditEvent = {
      type: 'appeal.answered',
      actorId: actor.id,
      actorName: actor.name,
      ...about,
      data: { ...data, appeal: appeal.id, answer: input.answer, ...(until !== null && { until }) },
    }
    await recordAll(tx, [answer, ...(await takeBackWith(tx, others, actor))])
  })
  await wake('send-notices', noticeHoldSeconds, appeal.id)
  if (input.answer === 'lifted') await restoreMutes(context, actor, decision)
  return decisionDto(context, decision.id)
}

/** The decision stands no longer; a job restores its mutes if this process dies before it did. */
async function takeBack(tx: Tx, by: Pick<Actor, 'id'>, { id }: Decision): Promise<void> {
  await tx
    .update(decisions)
    .set({
      status: 'undone',
      undoneAt: databaseNow,
      undoneBy: by.id,
      leaseUntil: inSeconds(decisionLeaseSeconds),
    })
    .where(and(eq(decisions.id, id), eq(decisions.status, 'applied')))
  await tx
    .update(strikes)
    .set({ voidedAt: databaseNow })
    .where(and(eq(strikes.decisionId, id), isNull(strikes.voidedAt)))
}
