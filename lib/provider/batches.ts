/** One batch after the other; each distinct id is asked once, and what was not asked is not believed. */
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

/**
 * One call for all of these ids, which the provider answers as a whole: it tells no outcome of its own for each and
 * means all. Throws `RangeError` for more than `size`; nobody is no call.
 */
export async function inOneCall(
  ids: readonly string[],
  size: number,
  call: (distinct: string[]) => Promise<unknown>,
): Promise<Map<string, { ok: true }>> {
  const distinct = distinctUpTo(size, ids)
  if (distinct.length > 0) await call(distinct)
  return new Map(distinct.map((id) => [id, { ok: true }]))
}

/** These ids, each once. Throws `RangeError` for more than `size`. */
export function distinctUpTo(size: number, ids: readonly string[]): string[] {
  const distinct = [...new Set(ids)]
  if (distinct.length > size) throw new RangeError(`more than ${size} ids in one call`)
  return distinct
}
