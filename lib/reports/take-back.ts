import 'server-only'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { cases, decisions, notices, reports, strikes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import { bringBack } from './bring-back'
import { aboutCase, caseChanged } from './change-case'
import { isDecidedSince } from './decided-since'
import type { Decision } from './decision-rows'
import type { DecisionUndo } from './decision-schemas'
import { grantAppeal } from './grant-appeal'
import { endReportMutes } from './mute-reporters'
import { decisionLeaseSeconds } from './request-decision'

type TakeBack = {
  /** what became of its mutes already; null: they are still to be restored */
  undo: DecisionUndo | null
  /** somebody asked for this very decision: its own case must be closed then, by it and none after it */
  isAsked: boolean
  /** decisions that are taken back with it in this transaction: their mutes of reporters end first */
  also?: readonly string[]
}

/**
 * Opens the cases of a decision again, voids its strikes, stops its messages that were not sent yet, has its reporters'
 * reports worked on again and grants an appeal
 * that waits against it. Gives what the caller records; nothing: it does not stand any more.
 * A case that a later decision closed stays so. Throws `CASE_CHANGED` with who and when.
 */
export async function takeBackDecision(
  tx: Tx,
  decision: Decision,
  by: Pick<Actor, 'id' | 'name'>,
  { undo, isAsked, also = [] }: TakeBack,
): Promise<AuditEvent[]> {
  const { id: decisionId, caseId: own, plan, verdict } = decision
  const [ended] = await tx
    .update(decisions)
    .set({
      status: 'undone',
      undoneAt: databaseNow,
      undoneBy: by.id,
      undo,
      leaseUntil: inSeconds(decisionLeaseSeconds),
    })
    .where(and(eq(decisions.id, decisionId), eq(decisions.status, 'applied')))
    .returning({ id: decisions.id })
  if (!ended) return []
  // Before a case is merged, which is recorded: a report that is set aside holds its mute and then waits for the audit.
  const heard = await endReportMutes(tx, by, { decisionIds: [decisionId, ...also] })
  const caseIds = [own, ...plan.closeWith].sort()
  await tx
    .select({ id: cases.id })
    .from(cases)
    .where(inArray(cases.id, caseIds))
    .orderBy(cases.id)
    .for('update')
  for (const caseId of caseIds) {
    // What a later decision closed stays closed by that one.
    if (await isDecidedSince(tx, decisionId, caseId)) {
      if (caseId === own && isAsked) throw await caseChanged(tx, own)
      continue
    }
    const back = await bringBack(tx, caseId, { from: 'closed', to: 'reopened', by })
    // Of the others somebody may have reopened one already; of its own case then this is no undo any more.
    if (!back && caseId === own && isAsked) throw await caseChanged(tx, own)
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
  const undone: AuditEvent = {
    type: 'decision.undone',
    actorId: by.id,
    actorName: by.name,
    ...about,
    data: { ...data, decision: decisionId, cancelled: cancelled.length, strikes: voided.length },
  }
  return [undone, ...heard, ...(await grantAppeal(tx, decision, by))]
}
