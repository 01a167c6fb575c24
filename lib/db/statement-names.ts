/** Statements that came so often are worth keeping in the database. */
const keptFrom = 3
/** As many are kept at most, each some ten thousand bytes of the database's memory. */
const mostKept = 150
/** Characters; what is longer names hundreds of rows, and its parts cost more than its parsing. */
const longestKept = 4_000
/** Texts that are counted at a time: those of lists differ by the length of the list, and most come once. */
const mostCounted = 1_000

/** Which statements a database shall keep parsed, by their text. */
export type StatementNames = {
  /** The name under which the database keeps it, the same for as long as the process lives; null: not worth it. */
  nameOf(text: string): string | null
}

/** Names the first texts that come again and again; nothing is ever taken back. */
export function createStatementNames(): StatementNames {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  return {
    nameOf(text) {
      const known = names.get(text)
      if (known !== undefined) return known
      if (names.size >= mostKept || text.length > longestKept) return null
      const count = (counts.get(text) ?? 0) + 1
      if (count < keptFrom) {
        if (counts.size >= mostCounted) counts.clear()
        counts.set(text, count)
        return null
      }
      counts.delete(text)
      const name = `hushdesk_${names.size + 1}`
      names.set(text, name)
      return name
    },
  }
}
