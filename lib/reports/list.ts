import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { CasesDto, ListCasesInput } from './case-schemas'
import { queuePart } from './queue-part'
import { placeIn } from './queue-place'
import { queuePageSize } from './queue-rules'

/**
 * One page of a tab: of New and Appeals the most urgent first, of Held what comes back first, of Expiring mutes what ends
 * first, of Done the last first; narrowed to exact ids. In one statement. Throws `FORBIDDEN`.
 */
export async function listCases(
  context: Context,
  actor: Actor,
  { after, ...filters }: ListCasesInput,
): Promise<CasesDto> {
  requirePermission(actor, 'reports:read')
  const now = context.clock.now()
  const part = { kind: 'after', place: after, limit: queuePageSize + 1 } as const
  const found = await queuePart(context, actor.id, filters, part, now)
  const cases = found.slice(0, queuePageSize)
  const last = cases.at(-1)
  return {
    cases,
    next: found.length > queuePageSize && last ? placeIn(filters.tab, last) : null,
    serverNow: now,
  }
}
