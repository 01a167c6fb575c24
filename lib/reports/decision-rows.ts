import 'server-only'
import { eq } from 'drizzle-orm'
import * as z from 'zod'
import type { Actor } from '@/lib/auth/actor'
import type { Db, Tx } from '@/lib/db'
import { cases, decisions, moderators } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { CaseRow } from './change-case'
import {
  type DecisionAction,
  type DecisionFailure,
  type DecisionPlan,
  type DecisionUndo,
  decisionActionSchema,
  decisionFailureSchema,
  decisionPlanSchema,
  decisionUndoSchema,
} from './decision-schemas'

type Row = typeof decisions.$inferSelect

/** A decision with its case, what is kept as JSON parsed. */
export type Decision = Omit<Row, 'actions' | 'plan' | 'failure' | 'undo'> & {
  actions: DecisionAction[]
  plan: DecisionPlan
  failure: DecisionFailure | null
  undo: DecisionUndo | null
  case: CaseRow
  /** who decided, with the rights of now */
  decider: Actor & { isDisabled: boolean }
}

/** Throws `NOT_FOUND`. */
export async function getDecision(db: Db | Tx, id: string): Promise<Decision> {
  const [row] = await db
    .select({ decision: decisions, case: cases, decider: moderators })
    .from(decisions)
    .innerJoin(cases, eq(cases.id, decisions.caseId))
    .innerJoin(moderators, eq(moderators.id, decisions.actorId))
    .where(eq(decisions.id, id))
  if (!row) throw new AppError('NOT_FOUND')
  const { id: actorId, email, name, role, disabledAt } = row.decider
  return {
    ...row.decision,
    actions: z.array(decisionActionSchema).parse(row.decision.actions),
    plan: decisionPlanSchema.parse(row.decision.plan),
    failure: decisionFailureSchema.nullable().parse(row.decision.failure),
    undo: decisionUndoSchema.nullable().parse(row.decision.undo),
    case: row.case,
    decider: { id: actorId, email, name, role, sessionId: null, isDisabled: disabledAt !== null },
  }
}
