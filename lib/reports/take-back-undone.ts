import 'server-only'
import { and, eq, ne, not, sql } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { bulkMuteCases, bulkMutes, decisions, moderators } from '@/lib/db/schema'
import { errorFields, log } from '@/lib/log'
import { getDecision } from './decision-rows'
import { takeBackDecision } from './take-back'

/** Who undid the run for the case's account; null: nobody, or the undo left that account alone. */
const restoredBy = sql<string | null>`(select undo.actor_id from bulk_mutes undo
  join bulk_mute_items item on item.bulk_id = undo.id
  join cases on cases.id = ${bulkMuteCases.caseId} and cases.accused_id = item.user_id
  join mute_commands command on command.id = item.command_id
  where undo.undo_of = ${bulkMuteCases.bulkId} and command.status = 'applied' limit 1)`

/** An undo of the run may still give accounts back what they had. */
const isUnderWay = sql`exists (select from bulk_mutes undo
  left join bulk_mute_items item on item.bulk_id = undo.id
  left join mute_commands command on command.id = item.command_id
  where undo.undo_of = ${bulkMuteCases.bulkId}
    and (undo.status not in ('done', 'cancelled') or command.status in ('requested', 'unknown')))`

const stands = sql`exists (select from decisions
  where decisions.id = ${bulkMuteCases.decisionId} and decisions.status = 'applied')`

/**
 * Takes back the decisions of runs whose mutes an undo of the run gave back, in the name of whoever undid it: the case is
 * open again, the strike void, a message that waits is stopped. Where the undo left an account alone its cases stay
 * closed. Gives how many were taken back, `most` at once.
 */
export async function takeBackUndone({ db }: Context, most: number): Promise<number> {
  const due = await db
    .select({
      bulkId: bulkMuteCases.bulkId,
      decisionId: decisions.id,
      by: { id: moderators.id, name: moderators.name },
    })
    .from(bulkMuteCases)
    .innerJoin(decisions, and(eq(decisions.id, bulkMuteCases.decisionId), eq(decisions.status, 'applied')))
    .innerJoin(moderators, eq(moderators.id, restoredBy))
    .where(and(bulkMuteCases.isUndoAsked))
    .limit(most)
  let taken = 0
  for (const { bulkId, decisionId, by } of due) {
    try {
      taken += await db.transaction(async (tx) => {
        await tx.select({ id: bulkMutes.id }).from(bulkMutes).where(eq(bulkMutes.id, bulkId)).for('update')
        const decision = await getDecision(tx, decisionId)
        const commands = decision.commandIds.map((commandId) => ({ commandId, outcome: 'restored' as const }))
        const undone = await takeBackDecision(tx, decision, by, { undo: { commands }, isAsked: false })
        if (undone.length > 0) await recordAll(tx, undone)
        return undone.length > 0 ? 1 : 0
      })
    } catch (error) {
      log.error({ bulkId, decisionId, ...errorFields(error) }, 'taking back a decision of a bulk mute')
    }
  }
  // Nothing is to be expected of undos that have ended.
  await db
    .update(bulkMuteCases)
    .set({ isUndoAsked: false })
    .where(
      and(
        bulkMuteCases.isUndoAsked,
        ne(bulkMuteCases.status, 'waiting'),
        not(isUnderWay),
        not(sql`(${stands} and ${restoredBy} is not null)`),
      ),
    )
  return taken
}
