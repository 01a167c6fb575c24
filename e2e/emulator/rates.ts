const WINDOW_MS = 1000

/** What one provider limit has seen since the start or the last `clear`. */
export type RateFigures = {
  key: string
  limitPerSecond: number
  received: number
  overLimit: number
  /** Most calls received in any one second, the refused ones included. */
  peakPerSecond: number
}

/**
 * Sliding one-second windows, one for each key, on a clock that only runs forward. A call is refused while as many
 * as the limit were accepted in the second before it; refused calls take no room in the window.
 */
export type Rates = {
  /** Counts one call and says whether it is within the limit. */
  admit(key: string, limitPerSecond: number): boolean
  figures(): RateFigures[]
  clear(): void
}

type Window = RateFigures & { receivedAt: number[]; acceptedAt: number[] }

/** Makes the windows. `monotonicNow` gives milliseconds and is not touched by the advanced clock. */
export function createRates(monotonicNow: () => number): Rates {
  const windows = new Map<string, Window>()

  function windowOf(key: string, limitPerSecond: number): Window {
    const known = windows.get(key)
    if (known) return known
    const fresh: Window = {
      key,
      limitPerSecond,
      received: 0,
      overLimit: 0,
      peakPerSecond: 0,
      receivedAt: [],
      acceptedAt: [],
    }
    windows.set(key, fresh)
    return fresh
  }

  return {
    admit(key, limitPerSecond) {
      const window = windowOf(key, limitPerSecond)
      const now = monotonicNow()
      forgetBefore(window.receivedAt, now - WINDOW_MS)
      forgetBefore(window.acceptedAt, now - WINDOW_MS)

      window.received += 1
      window.receivedAt.push(now)
      window.peakPerSecond = Math.max(window.peakPerSecond, window.receivedAt.length)

      if (window.acceptedAt.length >= limitPerSecond) {
        window.overLimit += 1
        return false
      }
      window.acceptedAt.push(now)
      return true
    },
    figures: () =>
      [...windows.values()].map(({ key, limitPerSecond, received, overLimit, peakPerSecond }) => ({
        key,
        limitPerSecond,
        received,
        overLimit,
        peakPerSecond,
      })),
    clear: () => windows.clear(),
  }
}

/** Drops the instants up to and including `limit`: a call exactly one second old no longer counts. */
function forgetBefore(instants: number[], limit: number) {
  let gone = 0
  for (const instant of instants) {
    if (instant > limit) break
    gone += 1
  }
  if (gone > 0) instants.splice(0, gone)
}
