import { ProviderError } from '@/lib/provider/errors'
import type { ChatMessage } from '@/lib/provider/port'
import type { HistoryDirection, HistoryPlace } from './history-schemas'
import type { List } from './read-history'

/** As many older messages are read at a time, or a few more where the provider's page has them. */
const partSize = 60
/** No more calls than these for one part; what lies further back takes another one. */
const maxPagesOfPart = 20

/** Oldest first. `isEmpty`: the provider had nothing at all where it was asked. */
export type Part = {
  messages: ChatMessage[]
  next: Pick<HistoryPlace, 'from' | 'cursor'> | null
  isEmpty: boolean
}

type From = { direction: HistoryDirection; from: string | null; cursor?: string }

/**
 * The next messages beyond a place. Providers list from the newest backwards only: what is older goes on where the part
 * before ended, what is newer is found again from the newest one down to that place, and is given down to it at once.
 * A call that fails after others were answered ends the part there, for what was read is not to be asked for again.
 */
export async function readPart(list: List, { direction, from, cursor }: From): Promise<Part> {
  const isOlder = direction === 'older'
  const edge = from === null ? null : BigInt(from)
  const isBeyond = ({ seq }: ChatMessage) =>
    edge === null || (isOlder ? BigInt(seq) < edge : BigInt(seq) > edge)
  const newestFirst: ChatMessage[] = []
  let [at, next]: [string | null, string | null] = [null, cursor ?? null]
  let [isEmpty, isReached] = [true, false]
  for (let pages = 0; pages < maxPagesOfPart && !isReached; pages += 1) {
    const page = await list(next).catch(unlessAfter(pages, isOlder ? 1 : 2))
    if (page === null) {
      isEmpty = false
      break
    }
    if (page.items.length > 0) isEmpty = false
    newestFirst.push(...page.items.filter(isBeyond))
    at = next
    next = page.next
    isReached = next === null || (isOlder ? newestFirst.length >= partSize : !page.items.every(isBeyond))
  }
  const place = from !== null && { from }
  const messages = newestFirst.toReversed()
  if (isOlder) return { messages, next: next === null ? null : { ...place, cursor: next }, isEmpty }
  // From the last page again: should the next one begin below the place, there still is something to give.
  if (!isReached) return { messages: [], next: { ...place, ...(at !== null && { cursor: at }) }, isEmpty }
  const newest = messages.at(-1)
  // A reading that went on from a cursor has not seen what is above it.
  return { messages, next: newest && cursor !== undefined ? { from: newest.seq } : null, isEmpty }
}

/** Null for what the provider did not answer once so many pages are there that the reading can go on from them. */
function unlessAfter(pages: number, enough: number): (error: unknown) => null {
  return (error) => {
    if (pages >= enough && error instanceof ProviderError) return null
    throw error
  }
}
