/** An entry of a log with its number, from 1. */
export type Numbered<Content> = Content & { seq: number }

/** Entries of one kind in the order in which they came. Numbers start again after `clear`. */
export type Log<Content> = {
  /** Adds an entry and returns the stored object, which the caller may complete later. */
  add(content: Content): Numbered<Content>
  /** The entries after the number `since` (0: all). */
  list(since?: number): readonly Numbered<Content>[]
  clear(): void
}

/** Makes an empty log. */
export function createLog<Content extends object>(): Log<Content> {
  let entries: Numbered<Content>[] = []

  return {
    add(content) {
      const entry = { ...content, seq: entries.length + 1 }
      entries.push(entry)
      return entry
    },
    list: (since = 0) => entries.slice(since),
    clear() {
      entries = []
    },
  }
}
