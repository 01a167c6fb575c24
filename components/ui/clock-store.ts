import {
  type Estimate,
  estimateAt,
  hasJumped,
  type Reading,
  untilNextSecond,
  withSample,
} from './server-clock'

/** What the store needs of its surroundings; the browser's in `clock.tsx`, a made-up one in its test. */
export type ClockPlatform = {
  read(): Reading
  /** asks the server for its time, epoch ms; rejects when there is no answer */
  ask(): Promise<number>
  isHidden(): boolean
  setTimer(run: () => void, ms: number): () => void
  /** calls back whenever the page is shown or gets the focus again, or is hidden */
  onAttention(run: () => void): () => void
}

/** After a failed question, ms. */
const askAgainMs = 15_000
/** An answer may have been on its way or in a page for so long before it is doubted that the estimate is right, ms. */
const doubtMs = 5_000
/** A question that took longer there and back says too little: the machine slept meanwhile, or the line is bad, ms. */
const longestTripMs = 5_000

/**
 * The server's clock in this page, shared by everything that counts down. One timer serves all listeners, on the full
 * second of the server; it stands still while the page is hidden and nobody listens. Whenever the clocks show that
 * the machine slept or its time was set, the server is asked again.
 */
export function createClockStore(platform: ClockPlatform) {
  let estimate: Estimate | null = null
  let isAsking = false
  let askNotBefore = Number.NEGATIVE_INFINITY
  let newest = Number.NEGATIVE_INFINITY
  let isDoubted = false
  let stopTimer: (() => void) | null = null
  let stopAttention: (() => void) | null = null
  const listeners = new Set<() => void>()

  function now(): number | null {
    return estimate && estimateAt(estimate, platform.read())
  }

  function note(serverNow: number, receivedAt: Reading = platform.read(), roundTripMs?: number): void {
    if (roundTripMs !== undefined) isDoubted = false
    else if (serverNow > newest && estimate) {
      // A new answer that lags far behind the estimate: both clocks may have run away together.
      isDoubted ||= estimateAt(estimate, receivedAt) - serverNow > doubtMs
    }
    newest = Math.max(newest, serverNow)
    const next = withSample(estimate, {
      serverNow,
      receivedAt,
      ...(roundTripMs === undefined ? {} : { roundTripMs }),
    })
    if (next === estimate && !isDoubted) return
    estimate = next
    wake()
  }

  async function askIfNeeded(): Promise<void> {
    const before = platform.read()
    if (!estimate || isAsking || before.steady < askNotBefore) return
    const isCertain = Number.isFinite(estimate.uncertaintyMs) && !isDoubted
    if (isCertain && !hasJumped(estimate, before)) return
    isAsking = true
    try {
      const serverNow = await platform.ask()
      const after = platform.read()
      const tripMs = Math.max(0, after.steady - before.steady, after.wall - before.wall)
      // The next tick asks again; what the answer says for sure still counts.
      if (tripMs > longestTripMs) note(serverNow, after)
      else note(serverNow, after, Math.max(0, after.steady - before.steady))
    } catch {
      // Without an answer the estimate stays what it was; it is asked for again at a later tick.
      askNotBefore = platform.read().steady + askAgainMs
    } finally {
      isAsking = false
    }
  }

  function wake(): void {
    stopTimer?.()
    stopTimer = null
    if (listeners.size === 0 || platform.isHidden()) return
    void askIfNeeded()
    for (const listener of listeners) listener()
    const serverNow = now()
    if (serverNow !== null) stopTimer = platform.setTimer(wake, untilNextSecond(serverNow))
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    if (listeners.size === 1) {
      stopAttention = platform.onAttention(wake)
      wake()
    }
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      stopTimer?.()
      stopAttention?.()
      stopTimer = stopAttention = null
    }
  }

  return { now, note, subscribe }
}
