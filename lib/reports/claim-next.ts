import 'server-only'
import { and, asc, eq, inArray, ne, not, notInArray, type SQL, sql } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { cases } from '@/lib/db/schema'
import type { ClaimDto, ClaimNextInput } from './case-schemas'
import { auditOf } from './change-case'
import { claimDto, take } from './claim'
import { findLeftBehind, findSkipped } from './find-skipped'
import { isInReachOf } from './needs-lead'
import { isOwnDecision } from './own-decision'
import { inOrder, isUnclaimed } from './queue-order'

/**
 * Takes what was handed to this moderator, else the best case that nobody works on. Those who ask at the same moment
 * get different ones, without waiting for each other. What they could have worked on instead, and leave for it, is on
 * record as skipped, and comes to them again only after all others; then what they skipped first comes first. Null:
 * there is none, and nothing was skipped. Throws `FORBIDDEN`.
 */
export async function claimNextCase(
  context: Context,
  actor: Actor,
  input: ClaimNextInput,
): Promise<ClaimDto | null> {
  requirePermission(actor, 'reports:work')
  return context.db.transaction(async (tx) => {
    const behind = await findLeftBehind(tx, actor.id)
    const isHanded = sql`status = 'waiting' and held_for = ${actor.id}`
    const id =
      (await next(tx, input, actor.id, isHanded)) ??
      (await next(tx, input, actor.id, and(isUnclaimed, notInArray(cases.id, behind)))) ??
      (await next(tx, input, actor.id, and(isUnclaimed, inArray(cases.id, behind)), behind))
    const claim = id && (await take(tx, actor, eq(cases.id, id)))
    if (!claim) return null
    const event = auditOf(claim.claimed, actor)
    const skipped = input.except === null ? undefined : await findSkipped(tx, actor.id, input.except)
    await recordAll(tx, [
      ...(skipped ? [{ type: 'case.skipped' as const, ...auditOf(skipped, actor) }] : []),
      { type: 'case.claimed', ...event, data: { ...event.data, isTakenOver: false } },
    ])
    return claimDto(claim.claimed, claim.claimToken)
  })
}

/** The best of the wanted that this transaction can have, locked; by the order given, where there is one. */
async function next(
  tx: Tx,
  { connection, category, except }: ClaimNextInput,
  me: string,
  isWanted: SQL | undefined,
  ids: string[] = [],
): Promise<string | undefined> {
  const inTurn = ids.map((id, index) => sql`when ${cases.id} = ${id} then ${index}::int`)
  const order = ids.length > 0 ? [sql`case ${sql.join(inTurn, sql` `)} end`] : inOrder
  const [found] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(
        isWanted,
        connection === undefined ? undefined : eq(cases.connection, connection),
        category && eq(cases.category, category),
        except === null ? undefined : ne(cases.id, except),
        isInReachOf(me),
        not(isOwnDecision(me)),
      ),
    )
    .orderBy(...order.map((key) => asc(key)))
    .limit(1)
    .for('update', { skipLocked: true })
  return found?.id
}
