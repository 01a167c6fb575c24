/** What one call takes: so many ids, and where they stand in its address only as many bytes of them. */
export type BatchLimit = number | { ids: number; bytes: number; bytesOf: (id: string) => number }

/** One batch after the other; each distinct id is asked once, and what was not asked is not believed. */
export async function inBatches<T>(
  ids: readonly string[],
  limit: BatchLimit,
  ask: (batch: string[]) => Promise<[string, T][]>,
): Promise<Map<string, T>> {
  const asked = new Set(ids)
  const answers = new Map<string, T>()
  for (const batch of batchesOf(asked, limit)) {
    for (const [id, answer] of await ask(batch)) {
      if (asked.has(id)) answers.set(id, answer)
    }
  }
  return answers
}

function batchesOf(ids: Iterable<string>, limit: BatchLimit): string[][] {
  const most = typeof limit === 'number' ? { ids: limit, bytes: 0, bytesOf: () => 0 } : limit
  const batches: string[][] = []
  let batch: string[] = []
  let bytes = 0
  for (const id of ids) {
    const more = most.bytesOf(id)
    if (batch.length === 0 || batch.length === most.ids || bytes + more > most.bytes) {
      batch = []
      bytes = 0
      batches.push(batch)
    }
    batch.push(id)
    bytes += more
  }
  return batches
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
