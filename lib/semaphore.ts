export type Semaphore = <T>(work: () => Promise<T>) => Promise<T>

/** Runs what it is given, at most `places` at once in this process, the others in the order in which they came. */
export function semaphore(places: number): Semaphore {
  let free = places
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place passes from hand to hand: a newcomer cannot slip in between.
      if (next) next()
      else free += 1
    }
  }
}
