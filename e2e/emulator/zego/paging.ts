import type { Fields } from './fields'

/** Cursors begin here, so that who computes one instead of sending back what came is found out. */
const FIRST_CURSOR = 5_000_000

/** The number that stands for a place in a list. */
export function cursorOf(index: number): number {
  return FIRST_CURSOR + index
}

/** The place in a list that a cursor stands for; 0 and none stand for its beginning. */
export function indexOfCursor(fields: Fields, name: string): number {
  const cursor = fields.integer(name, 0, Number.MAX_SAFE_INTEGER)
  if (!cursor) return 0
  if (cursor < FIRST_CURSOR) throw fields.refuse(`${name} was never given out`)
  return cursor - FIRST_CURSOR
}

/** The items from a place on, and the cursor of the rest: 0 when there is none. */
export function pageOf<Item>(
  items: readonly Item[],
  index: number,
  limit: number,
): { page: Item[]; next: number } {
  const end = index + limit
  return { page: items.slice(index, end), next: end < items.length ? cursorOf(end) : 0 }
}
