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
 * What the promise does later is of no interest to anybody. By a timer and a listener: a controller of its own would
 * make two errors, with their stacks, for each call that is in time.
 */
export function within<T>(promise: Promise<T>, ms: number, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => end(() => reject(new LateError(`no answer within ${Math.round(ms)} ms`))),
      Math.max(ms, 0),
    )
    const onAbort = () => end(() => reject(signal?.reason))
    function end(settle: () => void) {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      settle()
    }
    promise.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    )
    if (signal?.aborted) onAbort()
    else signal?.addEventListener('abort', onAbort)
  })
}
