import 'server-only'
import type { Context } from '@/lib/context'
import type { cases } from '@/lib/db/schema'
import type { CallOptions, ChatMessage, Page } from '@/lib/provider/port'

/** Where a case's messages are: a group, a topic of it, or the accused's conversation with somebody. */
export type Conversation = Pick<
  typeof cases.$inferSelect,
  'connection' | 'accusedId' | 'groupId' | 'topicId' | 'peerId'
>

/** Messages newest first, without a gap; `isWhole`: back to the first one that the provider still has. */
export type Stretch = { messages: ChatMessage[]; isWhole: boolean }

/** Why a conversation has no history that could be read: none is kept there, or it is not there itself. */
export async function whyNoHistory(
  { provider }: Pick<Context, 'provider'>,
  { connection, groupId, topicId }: Conversation,
  options: CallOptions,
): Promise<'no_history' | 'not_found' | null> {
  if (groupId === '') return null
  const asked = provider(connection)
  const group = (await asked.getGroups([groupId], options)).get(groupId)
  if (!group) return 'not_found'
  const can = asked.capabilities.groups[group.type]
  if (!can?.hasHistory) return 'no_history'
  return topicId !== '' && !can.hasTopics ? 'not_found' : null
}

/** How a provider lists a conversation, newest first, as one of its sides has it. */
export type List = (cursor: string | null) => Promise<Page<ChatMessage>>

/**
 * The ways to read a conversation. Of a group there is one. Between two people each has a view of their own, where
 * messages can be missing that the other still has: the other person's comes first, who is mostly the one that reported.
 */
export function listsOf(
  { provider }: Pick<Context, 'provider'>,
  { connection, accusedId, groupId, topicId, peerId }: Conversation,
  options: CallOptions,
): List[] {
  const asked = provider(connection)
  if (groupId !== '') {
    const place = topicId === '' ? { groupId } : { groupId, topicId }
    return [(cursor) => asked.listGroupMessages(place, cursor, options)]
  }
  return [
    { userId: peerId, peerId: accusedId },
    { userId: accusedId, peerId },
  ].map((pair) => (cursor) => asked.listPeerMessages(pair, cursor, options))
}

/** Reads back from the newest message until it is enough, there is nothing older, or so many pages were read. */
export async function readBack(
  list: List,
  isEnough: (messages: readonly ChatMessage[]) => boolean,
  maxPages: number,
): Promise<Stretch> {
  const messages: ChatMessage[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page: Page<ChatMessage> = await list(cursor)
    messages.push(...page.items)
    if (page.next === null) return { messages, isWhole: true }
    if (isEnough(messages)) break
    cursor = page.next
  }
  return { messages, isWhole: false }
}

/** Whether a report means this message: apps name it by its id or by its place in the conversation. */
export function isNamed(message: Pick<ChatMessage, 'messageId' | 'seq'>, id: string): boolean {
  return message.messageId === id || message.seq === id
}
