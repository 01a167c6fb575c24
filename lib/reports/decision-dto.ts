import 'server-only'
import { count, eq, max } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { notices } from '@/lib/db/schema'
import { isDecidedSince } from './decided-since'
import { decidedTogether } from './decided-together'
import type { DecisionDto } from './decision-dtos'
import { getDecision } from './decision-rows'

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
    canUndo:
      status === 'applied' && decision.case.status === 'closed' && !(await isDecidedSince(db, id, caseId)),
    together: await decidedTogether(db, decision),
    serverNow: clock.now(),
  }
}
