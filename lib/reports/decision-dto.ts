import 'server-only'
import { count, eq, max } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { notices } from '@/lib/db/schema'
import { getDecision } from './decision-rows'
import type { DecisionAction, DecisionFailure, DecisionUndo } from './decision-schemas'
import type { CaseStatus, DecisionStatus, NoticeStatus, Verdict } from './rules'

/** A decision as screens show it; instants in epoch ms. */
export type DecisionDto = {
  id: string
  caseId: string
  caseNumber: number
  caseStatus: CaseStatus
  caseVersion: number
  status: DecisionStatus
  verdict: Verdict
  actions: DecisionAction[]
  overrideReason: string | null
  reasonText: string
  actorName: string
  decidedAt: number
  commandIds: string[]
  failure: DecisionFailure | null
  undo: DecisionUndo | null
  /** how many messages are in each state, and until when an undo can stop those that are held */
  notices: Partial<Record<NoticeStatus, number>>
  heldUntil: number | null
  canUndo: boolean
  serverNow: number
}

/** Throws `NOT_FOUND`. */
export async function decisionDto({ db, clock }: Context, decisionId: string): Promise<DecisionDto> {
  const decision = await getDecision(db, decisionId)
  const { id, caseId, status, verdict, actions, reasonText, decidedAt, commandIds, failure } = decision
  const byStatus = await db
    .select({ status: notices.status, rows: count(), sendAfter: max(notices.sendAfter) })
    .from(notices)
    .where(eq(notices.decisionId, decisionId))
    .groupBy(notices.status)
  return {
    id,
    caseId,
    caseNumber: decision.case.number,
    caseStatus: decision.case.status,
    caseVersion: decision.case.version,
    status,
    verdict,
    actions,
    overrideReason: decision.overrideReason,
    reasonText,
    actorName: decision.decider.name,
    decidedAt,
    commandIds,
    failure,
    undo: decision.undo,
    notices: Object.fromEntries(byStatus.map((row) => [row.status, row.rows])),
    heldUntil: byStatus.find((row) => row.status === 'held')?.sendAfter ?? null,
    canUndo: status === 'applied' && decision.case.status === 'closed',
    serverNow: clock.now(),
  }
}
