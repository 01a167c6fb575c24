import { setTimeout as delay } from 'node:timers/promises'

type Options = {
  /** pieces that are done at once */
  atMost: number
  /** how long the first one waits for others, in ms; without it, it is begun at once */
  lingerMs?: number
}

/**
 * Has work that comes piece by piece done together: what comes while some is being done waits, and is done with all the
 * rest that came meanwhile. `work` gives one answer for each piece, in the same order; when it throws, it throws for
 * each of them.
 */
export function together<Piece, Answer>(
  { atMost, lingerMs = 0 }: Options,
  work: (pieces: readonly Piece[]) => Promise<readonly Answer[]>,
): (piece: Piece) => Promise<Answer> {
  type Waiting = { piece: Piece; resolve(answer: Answer): void; reject(error: unknown): void }
  const waiting: Waiting[] = []
  let isAtWork = false

  async function workOff(): Promise<void> {
    isAtWork = true
    while (waiting.length > 0) {
      if (lingerMs > 0 && waiting.length < atMost) await delay(lingerMs)
      const taken = waiting.splice(0, atMost)
      try {
        const answers = await work(taken.map(({ piece }) => piece))
        if (answers.length !== taken.length) throw new Error('a piece of work was not answered')
        // As many as were taken; an answer may itself be undefined.
        for (const [index, { resolve }] of taken.entries()) resolve(answers[index] as Answer)
      } catch (error) {
        for (const { reject } of taken) reject(error)
      }
    }
    isAtWork = false
  }

  return (piece) =>
    new Promise((resolve, reject) => {
      waiting.push({ piece, resolve, reject })
      if (!isAtWork) void workOff()
    })
}
