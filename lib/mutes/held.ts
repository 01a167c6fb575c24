import { driftOf, sameEnd } from './ends'
import { sameRoles } from './role-rules'
import { endToleranceMs } from './rules'
import type { Drift, Until } from './schemas'

/** A mute as the ledger or the provider has it: its end and, in the scope `roles`, whom it names. */
export type Held = { until: Until | null; roles: readonly number[] | null }

/**
 * Whether two mutes are the same at `now` (epoch ms), within what providers can tell. Whom one names that is over is no
 * matter.
 */
export function sameHeld(a: Held, b: Held, now: number): boolean {
  if (!sameEnd(a.until, b.until, now)) return false
  const isOver = a.until === null || (a.until !== 'forever' && a.until <= now + endToleranceMs)
  return isOver || sameRoles(a.roles, b.roles)
}

/** How the provider's word differs from the ledger's at `now`; null where it does not. */
export function driftOfHeld(ledger: Held, provider: Held, now: number): Drift | null {
  const drift = driftOf(ledger.until, provider.until, now)
  return drift ?? (sameHeld(ledger, provider, now) ? null : 'different_roles')
}
