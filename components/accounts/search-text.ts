import { parseQuery, queryForId } from '@/lib/accounts/parse-query'
import { maxQueryLength, maxSearchIds } from '@/lib/accounts/rules'

/** Whether a text can be searched for as it is, and if not, why. */
export type SearchText =
  | { kind: 'empty' }
  | { kind: 'ready' }
  | { kind: 'too_long' }
  /** `first`: the first of them, as many as one search takes */
  | { kind: 'too_many'; count: number; first: string }

/** What the search box holds, told by the rules that the server applies as well. */
export function readSearchText(text: string): SearchText {
  const { ids, invalid, text: single } = parseQuery(text)
  const count = ids.length + invalid.length
  if (count > maxSearchIds) {
    const first = [...ids, ...invalid].slice(0, maxSearchIds).map(queryForId).join('\n')
    return { kind: 'too_many', count, first }
  }
  if (count === 0 && !single) return { kind: 'empty' }
  return { kind: text.length > maxQueryLength ? 'too_long' : 'ready' }
}

/**
 * The order in which results are shown: what was shown before stays where it is, what is new comes after it. A list
 * that is read again under somebody's cursor must not jump.
 */
export function keepOrder(before: readonly string[], now: readonly string[]): string[] {
  const still = new Set(now)
  const kept = before.filter((ref) => still.has(ref))
  const known = new Set(kept)
  return [...kept, ...now.filter((ref) => !known.has(ref))]
}
