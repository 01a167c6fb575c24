import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { mutesInForce } from './in-force'
import { type LedgerPageDto, type ListInForceInput, ledgerPageSize, writeCursor } from './ledger-schemas'

/**
 * A page of the mutes that hold, as far as this console has set or seen them: 50, those that end soonest first. No
 * provider is asked. Throws `FORBIDDEN`.
 */
export async function listMutesInForce(
  { db, clock }: Context,
  actor: Actor,
  { after, before, ...filters }: ListInForceInput,
): Promise<LedgerPageDto> {
  requirePermission(actor, 'accounts:read')
  const now = clock.now()
  const found = await mutesInForce(db, filters, { after, before, limit: ledgerPageSize + 1 }, now)
  const hasMore = found.length > ledgerPageSize
  // The one too many is the farthest from the cursor.
  const shown = before && hasMore ? found.slice(1) : found.slice(0, ledgerPageSize)
  const [first, last] = [shown.at(0), shown.at(-1)]
  return {
    mutes: shown.map(({ mute }) => mute),
    next: last && (before || hasMore) ? writeCursor(last.cursor) : null,
    previous: first && (after || (before && hasMore)) ? writeCursor(first.cursor) : null,
    serverNow: now,
  }
}
