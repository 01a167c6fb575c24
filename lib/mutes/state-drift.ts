import 'server-only'
import { driftOfHeld } from './held'
import { observedOf, type StateRow } from './internal'
import type { Drift } from './schemas'

/**
 * How what the provider said last differs from the ledger at `now` (epoch ms); null where it does not, or said nothing
 * since.
 */
export function driftOfState(state: StateRow | undefined, now: number): Drift | null {
  const observed = observedOf(state)
  if (!state || observed === undefined) return null
  return driftOfHeld(state, { until: observed, roles: state.observedRoles }, now)
}
