/** One piece of work after another. */
export function createTurns() {
  const waiting = new Set<string>()
  let before: Promise<unknown> = Promise.resolve()

  return {
    /**
     * Begins when all that was asked for before has ended. Does nothing while work of the same `key` waits or is under
     * way: it was asked for already. Rejects with what the work throws; what comes after goes on.
     */
    async take(key: string, work: () => Promise<void>): Promise<void> {
      if (waiting.has(key)) return
      waiting.add(key)
      const mine = before.then(work).finally(() => waiting.delete(key))
      before = mine.catch(() => undefined)
      await mine
    },
  }
}
