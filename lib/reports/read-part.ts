import type { ChatMessage, Page } from '@/lib/provider/port'
import type { HistoryDirection, HistoryPlace } from './history-schemas'
import type { List } from './read-history'

/** As many messages are read at a time, or a few more where the provider's page has them. */
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
 * before ended, what is newer is found again from the newest one down to that place.
 */
export async function readPart(list: List, { direction, from, cursor }: From): Promise<Part> {
  const isOlder = direction === 'older'
  const edge = from === null ? null : BigInt(from)
  const isBeyond = ({ seq }: ChatMessage) =>
    edge === null || (isOlder ? BigInt(seq) < edge : BigInt(seq) > edge)
  const beyond: ChatMessage[] = []
  let [at, next]: [string | null, string | null] = [null, cursor ?? null]
  let [isEmpty, isReached] = [true, false]
  for (let pages = 0; pages < maxPagesOfPart && !isReached; pages += 1) {
    const { items, next: after }: Page<ChatMessage> = await list(next)
    if (items.length > 0) isEmpty = false
    beyond.push(...items.filter(isBeyond))
    at = next
    next = after
    isReached = after === null || (isOlder ? beyond.length >= partSize : !items.every(isBeyond))
  }
  const place = from !== null && { from }
  if (isOlder)
    return { messages: beyond.reverse(), next: next === null ? null : { ...place, cursor: next }, isEmpty }
  // From the last page again: should the next one begin below the place, there still is something to give.
  if (!isReached) return { messages: [], next: { ...place, ...(at !== null && { cursor: at }) }, isEmpty }
  const messages = beyond.slice(-partSize).reverse()
  const newest = messages.at(-1)
  // A reading that went on from a cursor has not seen what is above it.
  const hasMore = newest !== undefined && (beyond.length > partSize || cursor !== undefined)
  return { messages, next: hasMore ? { from: newest.seq } : null, isEmpty }
}
