/**
 * Has those who ask for the same key at the same time share a read: one is under way for each key, and whoever comes
 * meanwhile gets the answer of the next one, which begins after they came. So nobody gets an answer that is older than
 * their question. A read that fails, fails for all who share it.
 */
export function createSharedReads<Answer>(
  read: (key: string) => Promise<Answer>,
): (key: string) => Promise<Answer> {
  type Reading = { ended: Promise<unknown>; next: Promise<Answer> | null }
  const underWay = new Map<string, Reading>()

  function begin(key: string): Promise<Answer> {
    const answer = (async () => read(key))()
    const one: Reading = { ended: answer.catch(() => {}), next: null }
    underWay.set(key, one)
    void one.ended.then(() => {
      if (one.next === null) underWay.delete(key)
    })
    return answer
  }

  return (key) => {
    const one = underWay.get(key)
    if (!one) return begin(key)
    one.next ??= one.ended.then(() => begin(key))
    return one.next
  }
}
