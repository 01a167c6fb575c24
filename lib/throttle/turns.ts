import { setTimeout as delay } from 'node:timers/promises'

/**
 * Waits in this process, one line a key: `run` starts when all that came before it on the same key have ended. `work` is
 * told how many wait behind it.
 */
export type Turns = {
  run<T>(
    key: string,
    turn: { withinMs: number; signal?: AbortSignal | undefined },
    work: (behind: number) => Promise<T>,
  ): Promise<T>
}

/** Makes the lines. Whoever gives up while waiting leaves the line without letting anybody pass early. */
export function createTurns(): Turns {
  const tails = new Map<string, Promise<void>>()
  const lengths = new Map<string, number>()
  const join = (key: string, more: 1 | -1) => {
    const length = (lengths.get(key) ?? 0) + more
    if (length > 0) lengths.set(key, length)
    else lengths.delete(key)
  }
  return {
    async run(key, { withinMs, signal }, work) {
      const before = tails.get(key)
      const { promise: done, resolve: end } = Promise.withResolvers<void>()
      const tail = Promise.all([before, done]).then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
      tails.set(key, tail)
      join(key, 1)
      try {
        if (before) await within(before, withinMs, signal)
        return await work((lengths.get(key) ?? 1) - 1)
      } finally {
        join(key, -1)
        end()
      }
    },
  }
}

/** It took longer than it might. */
export class LateError extends Error {
  override readonly name = 'LateError'
}

/**
 * What `promise` gives, if it does so in time; else throws `LateError`, or the signal's reason as soon as it aborts.
 * What the promise does later is of no interest to anybody.
 */
export async function within<T>(promise: Promise<T>, ms: number, signal?: AbortSignal): Promise<T> {
  const stop = new AbortController()
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal
  const alarm = delay(Math.max(ms, 0), undefined, { signal: either }).then(
    () => {
      throw new LateError(`no answer within ${Math.round(ms)} ms`)
    },
    () => {
      signal?.throwIfAborted()
      return promise
    },
  )
  try {
    return await Promise.race([promise, alarm])
  } finally {
    stop.abort()
  }
}
