/** Readings of the browser's two clocks: `wall` can be wrong and can be set; `steady` only runs, but may stop in sleep. */
export type Reading = {
  /** `Date.now()`, ms */
  wall: number
  /** `performance.now()`, ms */
  steady: number
}

/** What the server said its time was. */
export type Sample = {
  /** epoch ms by the server's clock when it made its answer */
  serverNow: number
  /** when the answer was in the browser's hands */
  receivedAt: Reading
  /** how long the question took there and back; absent: unknown, as for a page or a cached answer */
  roundTripMs?: number
}

/** How far the two clocks may part before one of them must have slept or been set, ms. */
export const jumpMs = 2_000
/** How far a browser's clock may run wrong in a day is about 17 s: 0.0002 of the time that passed. */
const drift = 0.0002

/** An estimate of the server's time. Immutable; `estimateAt` reads it, `withSample` improves it. */
export type Estimate = {
  serverNow: number
  takenAt: Reading
  /** the estimate is at most this far off, ms; infinite while only the age of an answer is unknown */
  uncertaintyMs: number
}

/**
 * The server's time now. While the machine sleeps the steady clock may stand still, and when the wall clock is set
 * back it runs backwards: the one that advanced further is right in both cases.
 */
export function estimateAt(estimate: Estimate, now: Reading): number {
  return estimate.serverNow + elapsed(estimate, now)
}

/** Whether the machine slept or its clock was set since the estimate was made, so that the server must be asked again. */
export function hasJumped(estimate: Estimate, now: Reading): boolean {
  const byWall = now.wall - estimate.takenAt.wall
  const bySteady = now.steady - estimate.takenAt.steady
  return Math.abs(byWall - bySteady) > jumpMs
}

/**
 * The better of an estimate and a new sample. An answer of unknown age can be arbitrarily old, so it only says that
 * the server's time is at least so late; an answer with its round trip replaces what is less certain or contradicts it.
 */
export function withSample(estimate: Estimate | null, sample: Sample): Estimate {
  const fresh = estimateOf(sample)
  if (!estimate) return fresh
  const present = estimateAt(estimate, sample.receivedAt)
  if (sample.roundTripMs === undefined) return fresh.serverNow > present ? fresh : estimate
  if (hasJumped(estimate, sample.receivedAt)) return fresh
  const uncertaintyMs = estimate.uncertaintyMs + elapsed(estimate, sample.receivedAt) * drift
  const contradicts = Math.abs(fresh.serverNow - present) > fresh.uncertaintyMs + uncertaintyMs
  return contradicts || fresh.uncertaintyMs <= uncertaintyMs ? fresh : estimate
}

/** How long until the server's clock shows its next full second, ms (1 to 1000). */
export function untilNextSecond(serverNow: number): number {
  return 1_000 - (Math.floor(serverNow) % 1_000)
}

function estimateOf({ serverNow, receivedAt, roundTripMs }: Sample): Estimate {
  return roundTripMs === undefined
    ? { serverNow, takenAt: receivedAt, uncertaintyMs: Number.POSITIVE_INFINITY }
    : { serverNow: serverNow + roundTripMs / 2, takenAt: receivedAt, uncertaintyMs: roundTripMs / 2 }
}

function elapsed({ takenAt }: Estimate, now: Reading): number {
  return Math.max(now.wall - takenAt.wall, now.steady - takenAt.steady)
}
