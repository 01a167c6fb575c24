/** Attempts of one call, the first included. */
export const maxAttempts = 3
const transientBaseMs = 50
const throttledBaseMs = 1_000
const capMs = 5_000

/**
 * Milliseconds to wait after the `attempt`-th attempt (1 is the first) failed: full jitter, a uniformly random part
 * of a ceiling that doubles up to 5 s. Answers "too many requests" wait from 1 s, other passing failures from 50 ms.
 */
export function backoffMs(attempt: number, throttled: boolean, random: () => number = Math.random): number {
  const base = throttled ? throttledBaseMs : transientBaseMs
  return random() * Math.min(capMs, base * 2 ** (attempt - 1))
}
