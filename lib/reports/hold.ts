import 'server-only'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { inSeconds } from '@/lib/mutes/internal'
import type { HoldCaseInput } from './case-schemas'
import { auditOf, changeCase, nobody } from './change-case'
import { openCaseStatuses } from './rules'

/**
 * Puts a case aside for so many seconds by the database's clock; then it comes back to the queue by itself, and until then
 * anybody may take it. Ends the claim. Gives its end, epoch ms. Throws `FORBIDDEN`, `NOT_FOUND`, `CLAIM_LOST`,
 * `CASE_CLAIMED` and `CASE_CHANGED`.
 */
export async function holdCase(
  { db }: Context,
  actor: Actor,
  input: HoldCaseInput,
): Promise<{ until: number }> {
  requirePermission(actor, 'reports:work')
  return db.transaction(async (tx) => {
    const held = await changeCase(tx, actor, input, openCaseStatuses, {
      ...nobody,
      status: 'waiting',
      heldUntil: inSeconds(input.seconds),
    })
    const until = held.heldUntil ?? 0
    const event = auditOf(held, actor)
    await record(tx, { type: 'case.held', ...event, data: { ...event.data, until } })
    return { until }
  })
}
