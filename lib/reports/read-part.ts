import { ProviderError } from '@/lib/provider/errors'
import type { ChatMessage } from '@/lib/provider/port'
import type { HistoryDirection, HistoryPlace } from './history-schemas'
import type { List } from './read-history'

/** As many older messages are read at a time, or a few more where the provider's page has them. */
const partSize = 60
/** No more calls than these for one part; what lies further back takes another one. */
const maxPagesOfPart = 20

/**
 * So many places are remembered on the way down; with more, the last stretch of the way back begins at the newest
 * again.
 */
const maxPlacesAbove = 20

/** Oldest first. `isEmpty`: the provider had nothing at all where it was asked. */
export type Part = {
  messages: ChatMessage[]
  next: Omit<HistoryPlace, 'view'> | null
  isEmpty: boolean
}

type From = Pick<HistoryPlace, 'cursor' | 'above'> & { direction: HistoryDirection; from: string | null }

/**
 * The next messages beyond a place. Providers list from the newest backwards only: what is older goes on where the part
 * before ended. What is newer is sought from the newest one down to that place, in several parts where it is far, and
 * then given from there up to the newest, each part from where one of those began: no page is read a third time.
 * A call that fails after others were answered ends the part there, for what was read is not to be asked for again.
 */
export async function readPart(list: List, { direction, from, cursor, above }: From): Promise<Part> {
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
  const messages = newestFirst.toReversed()
  if (isOlder) return { messages, next: next === null ? null : toPlace(from, next, []), isEmpty }
  const places = above?.split(' ') ?? []
  // From the last page again: should the next one begin below the place, there still is something to give.
  if (!isReached) {
    const begun = cursor === undefined ? places : [...places, cursor]
    return { messages: [], next: toPlace(from, at, begun.slice(-maxPlacesAbove)), isEmpty }
  }
  // A reading that went on from a cursor has not seen what is above it.
  const [reached, up] = [messages.at(-1)?.seq ?? from, places.at(-1) ?? null]
  return { messages, next: cursor === undefined ? null : toPlace(reached, up, places.slice(0, -1)), isEmpty }
}

function toPlace(from: string | null, cursor: string | null, above: readonly string[]): Part['next'] {
  return {
    ...(from !== null && { from }),
    ...(cursor !== null && { cursor }),
    ...(above.length > 0 && { above: above.join(' ') }),
  }
}

/** Null for what the provider did not answer once so many pages are there that the reading can go on from them. */
function unlessAfter(pages: number, enough: number): (error: unknown) => null {
  return (error) => {
    if (pages >= enough && error instanceof ProviderError) return null
    throw error
  }
}
