import type { Until } from './port'

/**
 * Absolute end → seconds from `now` (epoch ms), as a provider takes them. Rounded up, so that a running mute is never
 * sent as 0, which lifts; at most `maxFinite`, so that a finite one never becomes permanent. An end that has passed is
 * 0: that mute is over, and so is whatever stood in its place. Throws `RangeError` if the end is no instant.
 */
export function secondsUntil(
  until: Until | null,
  now: number,
  numbers: { forever: number; maxFinite: number },
): number {
  if (until === null) return 0
  if (until === 'forever') return numbers.forever
  if (!Number.isFinite(until)) throw new RangeError('the end of a mute must be an instant')
  return Math.min(numbers.maxFinite, Math.max(0, Math.ceil((until - now) / 1000)))
}
