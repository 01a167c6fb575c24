/** Asks one batch after the other; each distinct id is asked once, and what was not asked is not believed. */
export async function inBatches<T>(
  ids: readonly string[],
  size: number,
  ask: (batch: string[]) => Promise<[string, T][]>,
): Promise<Map<string, T>> {
  const asked = new Set(ids)
  const distinct = [...asked]
  const answers = new Map<string, T>()
  for (let start = 0; start < distinct.length; start += size) {
    for (const [id, answer] of await ask(distinct.slice(start, start + size))) {
      if (asked.has(id)) answers.set(id, answer)
    }
  }
  return answers
}
