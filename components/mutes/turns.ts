/** One piece of work after another. */
export function createTurns() {
  let running: Promise<unknown> | null = null

  return {
    /** Begins when nothing else is under way. If something is, work that `waits` begins after it, other work never. */
    async take(work: () => Promise<void>, { waits }: { waits: boolean }): Promise<void> {
      while (running) {
        if (!waits) return
        await running
      }
      const mine = work().finally(() => {
        running = null
      })
      running = mine.catch(() => undefined)
      await mine
    },
  }
}
