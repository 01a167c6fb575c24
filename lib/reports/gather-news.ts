/** How often each word is told at most, in ms: what a flood of reports costs those who look on. */
const everyMs = 2_000

/**
 * Tells each word at once, and then at most once in two seconds however often it is added; the last one is never lost. What
 * waits when it is stopped is not told.
 */
export function gatherNews<Word>(tell: (word: Word) => void): { add(...words: Word[]): void; stop(): void } {
  const waiting = new Set<Word>()
  let timer: NodeJS.Timeout | undefined
  function flush(): void {
    timer = waiting.size > 0 ? setTimeout(flush, everyMs).unref() : undefined
    for (const word of waiting) tell(word)
    waiting.clear()
  }
  return {
    add(...words) {
      for (const word of words) waiting.add(word)
      if (!timer) flush()
    },
    stop: () => clearTimeout(timer),
  }
}
