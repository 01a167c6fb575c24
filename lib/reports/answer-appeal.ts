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
import { endReportMutes } from './mute-reporters'
import { refuseOutOfReach } from './needs-lead'
import { appealAnswerText } from './notice-text'
import { decisionLeaseSeconds } from './request-decision'
import { restoreMutes } from './restore-mutes'
import { noticeHoldSeconds } from './rules'
import { lockSameMute, takeBackWith } from './same-mute'
import { shortenMutes } from './shorten-mutes'
import { takeForDecision } from './take-for-decision'
import { refuseUndoOutOfReach } from './undo-reach'

/**
 * Answers an appeal, by somebody other than who decided. Lifting gives back what held before this decision's mutes, voids
 * its strikes and has its reporters' reports worked on again, also those of further decisions of a run by the same mute;
 * shortening moves their end; both leave alone what somebody changed since. Then the case is closed and the accused told.
 * Throws `FORBIDDEN`, `NOT_FOUND`, `OWN_DECISION`, `NEEDS_LEAD` (also where lifting would open a case by the same mute that
 * was with the leads), `INVALID_INPUT` (`end`), `CASE_CHANGED`, `CLAIM_LOST`, and where a mute could not be shortened what
 * `applyMute` throws; nothing was written then.
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
    const taken = input.answer === 'lifted' ? await takeBack(tx, actor, decision) : { others: [], heard: [] }
    const own = await takeForDecision(tx, actor, { ...input, caseId: appeal.caseId })
    const [answered] = await tx
      .update(appeals)
      .set({ status: input.answer, answeredAt: databaseNow, answeredBy: actor.id, answer: input.text })
      .where(and(eq(appeals.id, appeal.id), eq(appeals.status, 'open')))
      .returning({ id: appeals.id })
    if (!answered) throw await caseChanged(tx, appeal.caseId)
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
    await recordAll(tx, [answer, ...taken.heard, ...(await takeBackWith(tx, taken.others, actor))])
  })
  await wake('send-notices', noticeHoldSeconds, appeal.id)
  if (input.answer === 'lifted') await restoreMutes(context, actor, decision)
  return decisionDto(context, decision.id)
}

/**
 * The decision stands no longer; a job restores its mutes if this process dies before it did. Locks in the order in which
 * an undo does: decisions, then mutes of reporters, and only then cases. Gives the other decisions by the same mute, which
 * are to be taken back as well, and what the caller records.
 */
async function takeBack(
  tx: Tx,
  by: Pick<Actor, 'id' | 'name'>,
  decision: Decision,
): Promise<{ others: string[]; heard: AuditEvent[] }> {
  const { id } = decision
  const others = await lockSameMute(tx, decision)
  await refuseUndoOutOfReach(tx, by.id, others)
  await tx
    .update(decisions)
    .set({
      status: 'undone',
      undoneAt: databaseNow,
      undoneBy: by.id,
      leaseUntil: inSeconds(decisionLeaseSeconds),
    })
    .where(and(eq(decisions.id, id), eq(decisions.status, 'applied')))
  const heard = await endReportMutes(tx, by, { decisionIds: [id, ...others] })
  await tx
    .update(strikes)
    .set({ voidedAt: databaseNow })
    .where(and(eq(strikes.decisionId, id), isNull(strikes.voidedAt)))
  return { others, heard }
}
