import 'server-only'
import { and, eq, isNull, lt, or } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { decisions, moderators } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { errorFields, log } from '@/lib/log'
import { inSeconds } from '@/lib/mutes/internal'
import { carryOutDecision } from './carry-out'
import { getDecision } from './decision-rows'
import { decisionLeaseSeconds } from './request-decision'
import { restoreMutes } from './restore-mutes'

/** Waiting to be ended: being carried out, or taken back with mutes that are not restored yet. */
const isOpen = or(
  eq(decisions.status, 'sending'),
  and(eq(decisions.status, 'undone'), isNull(decisions.undo)),
)

/**
 * Ends decisions that nobody is at any more: their process died, or the outcome of a command was unknown. Each is
 * leased, and what it gives rise to is given once, so that several instances may be at it.
 */
export async function endDueDecisions(context: Context): Promise<void> {
  const due = await context.db
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(isOpen, lt(decisions.leaseUntil, databaseNow)))
    .orderBy(decisions.leaseUntil)
    .limit(100)
  for (const { id } of due) {
    try {
      await endDecision(context, id)
    } catch (error) {
      log.error({ decisionId: id, ...errorFields(error) }, 'ending a decision')
    }
  }
}

async function endDecision(context: Context, id: string): Promise<void> {
  const [leased] = await context.db
    .update(decisions)
    .set({ leaseUntil: inSeconds(decisionLeaseSeconds) })
    .where(and(eq(decisions.id, id), isOpen, lt(decisions.leaseUntil, databaseNow)))
    .returning({ status: decisions.status, undoneBy: decisions.undoneBy })
  if (!leased) return
  if (leased.status === 'sending') return carryOutDecision(context, id)
  if (leased.undoneBy === null) throw new Error('a decision was taken back by nobody')
  const [by] = await context.db.select().from(moderators).where(eq(moderators.id, leased.undoneBy))
  if (!by) throw new Error('a decision was taken back by somebody who is not there')
  const { email, name, role } = by
  const actor = { id: by.id, email, name, role, sessionId: null }
  await restoreMutes(context, actor, await getDecision(context.db, id))
}
