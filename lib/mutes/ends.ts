import { endToleranceMs } from './rules'
import type { Drift, EndInput, MuteStateDto, Until } from './schemas'

/**
 * Arithmetic of mute ends, pure and the same on both sides. Instants are epoch milliseconds of the server's clock,
 * `forever` has no end, `null` is "not muted".
 */

/** The end that a moderator's wish comes to at `now`. */
export function resolveEnd(end: EndInput, now: number): Until {
  switch (end.kind) {
    case 'forever':
      return 'forever'
    case 'at':
      return end.at
    case 'duration':
      return now + end.seconds * 1000
  }
}

/** A mute that still holds at `now`; one whose end has passed is `null`. */
export function inForce(until: Until | null, now: number): Until | null {
  return typeof until === 'number' && until <= now ? null : until
}

/**
 * Whether the provider, read well after a mute's end, still had it: a mute of everybody for which the provider keeps no
 * end and that could not be lifted in time. Until it is lifted it holds.
 */
export function isOverdue(
  { until, checkedAt }: Pick<MuteStateDto, 'until' | 'checkedAt'>,
  now: number,
): boolean {
  return typeof until === 'number' && until <= now && (checkedAt ?? 0) > until + endToleranceMs
}

/** Whether a mute silences anybody at `now`, whatever its end says. */
export function silences(mute: Pick<MuteStateDto, 'until' | 'checkedAt'>, now: number): boolean {
  return inForce(mute.until, now) !== null || isOverdue(mute, now)
}

/** Whether two ends are the same within what providers can tell, at `now`. */
export function sameEnd(a: Until | null, b: Until | null, now: number): boolean {
  if (a === 'forever' || b === 'forever') return a === b
  if (a !== null && b !== null && Math.abs(a - b) <= endToleranceMs) return true
  // A mute about to end, one that has ended and none cannot be told apart.
  const isOver = (end: number | null) => end === null || end <= now + endToleranceMs
  return isOver(a) && isOver(b)
}

/** How the provider's word differs from the ledger's at `now`; null where it does not. */
export function driftOf(ledger: Until | null, provider: Until | null, now: number): Drift | null {
  if (sameEnd(ledger, provider, now)) return null
  if (inForce(provider, now) === null) return 'lifted_outside'
  if (inForce(ledger, now) === null) return 'set_outside'
  return 'different_end'
}
