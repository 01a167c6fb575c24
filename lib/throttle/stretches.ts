import { setTimeout as delay } from 'node:timers/promises'
import { permitMicros, stretchPermits } from './gcra'

/** `dueAt` on this process's monotonic clock, in ms. `isStale`: it took so long to come that it must be used alone. */
export type Permit = { dueAt: number; isStale: boolean }

type Wish = { key: string; perSecond: number; signal?: AbortSignal | undefined }

/** Reserves so many permits that fall due one after the other; gives the first one. */
type Reserve = (permits: number) => Promise<Permit>

/** What of a line this process has reserved: the permits that nobody has taken, and where they end. */
type Line = { permits: Permit[]; endsAt: number }

/** Permits of bulk callers that come one after the other in their line of this process. */
export type Stretches = {
  /**
   * The next caller's permit. One reservation is made for it and those `behind` it, so that pacing hundreds of calls takes
   * a statement for several of them. Each permit falls due as long after the one before as if it were reserved alone. It
   * is asked for when about `aheadMs` of what this process has reserved is left: sooner it would be refused.
   */
  next(wish: Wish, turn: { behind: number; aheadMs: number }, reserve: Reserve): Promise<Permit>
}

/**
 * A permit that is used so late is given up for a new one, in ms: a process that stood still would otherwise make all the
 * calls that fell due meanwhile in one go.
 */
export const staleAfterMs = 50

/** Makes the stretches, of which there are none yet. */
export function createStretches(): Stretches {
  const lines = new Map<string, Line>()
  return {
    async next({ key, perSecond, signal }, { behind, aheadMs }, reserve) {
      const line = lines.get(key)
      while (line && line.permits.length > 0) {
        const permit = line.permits.shift()
        if (permit && performance.now() - permit.dueAt <= staleAfterMs) return permit
      }
      const waitMs = (line?.endsAt ?? 0) - aheadMs - performance.now()
      if (waitMs > 0) await delay(waitMs, undefined, { signal })
      const count = Math.min(1 + behind, stretchPermits(perSecond))
      const first = await reserve(count)
      const everyMs = permitMicros(perSecond) / 1_000
      const permits = Array.from({ length: count }, (_, index) => ({
        ...first,
        dueAt: first.dueAt + index * everyMs,
      }))
      lines.set(key, { permits: permits.slice(1), endsAt: first.dueAt + count * everyMs })
      return first
    },
  }
}
