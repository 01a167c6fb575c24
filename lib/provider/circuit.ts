import 'server-only'
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel'

const failuresToOpen = 5
/** How long an open circuit refuses calls before one is let through to try. */
const halfOpenAfterMs = 10_000

export type Circuit = {
  /** Whether a call would be refused now: ask before waiting for a permit that would be wasted. */
  isOpen(): boolean
  /** Runs the call, or gives 'open' without running it. What the call throws neither opens nor closes a closed circuit. */
  run<T>(call: () => Promise<T>): Promise<T | 'open'>
}

/** Stops calling a provider after five failures in a row; per process, as the shared pacing is in the database. */
export function createCircuit(isFailure: (result: unknown) => boolean): Circuit {
  const breaker = new ConsecutiveBreaker(failuresToOpen)
  const policy = circuitBreaker(handleWhenResult(isFailure), { breaker, halfOpenAfter: halfOpenAfterMs })
  let openUntil = 0
  policy.onBreak(() => {
    openUntil = Date.now() + halfOpenAfterMs
  })
  return {
    isOpen: () => Date.now() < openUntil,
    async run(call) {
      try {
        return await policy.execute(call)
      } catch (error) {
        if (error instanceof BrokenCircuitError) return 'open'
        throw error
      }
    },
  }
}
