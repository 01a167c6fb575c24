import 'server-only'
import type { Context } from '@/lib/context'
import { isFinalRefusal } from '@/lib/provider/errors'
import type { CallOptions, ChatMessage } from '@/lib/provider/port'
import { type Conversation, isNamed, listsOf, readBack, whyNoHistory } from './read-history'
import { type EvidenceReason, evidenceAround } from './rules'

/** Of a case whose reports name no message so many of the latest are kept. */
const latestKept = 20
/** A named message is looked for no further back than so many pages. */
const maxPages = 50

/** What the provider has of what was asked for; `why`: there is nothing to find, now or later. */
export type Evidence =
  | { messages: ChatMessage[]; isNamed(id: string): boolean; why?: never }
  | { why: Extract<EvidenceReason, 'no_history' | 'not_found' | 'no_message_named'> }

/**
 * The messages that were named, with those before and after each; with none named the latest. Throws `ProviderError`
 * when the provider may answer better another time.
 */
export async function findEvidence(
  context: Pick<Context, 'provider'>,
  conversation: Conversation,
  named: readonly string[],
  options: CallOptions,
): Promise<Evidence> {
  const { groupId, peerId } = conversation
  if (groupId === '' && peerId === '') return { why: 'no_message_named' }
  try {
    const why = await whyNoHistory(context, conversation, options)
    if (why !== null) return { why }
    return await readNamed(context, conversation, named, options)
  } catch (error) {
    // The topic or the account is not there.
    if (isFinalRefusal(error)) return { why: 'not_found' }
    throw error
  }
}

async function readNamed(
  context: Pick<Context, 'provider'>,
  conversation: Conversation,
  named: readonly string[],
  options: CallOptions,
): Promise<Evidence> {
  const kept = new Map<string, ChatMessage>()
  let missing = [...named]
  for (const list of listsOf(context, conversation, options)) {
    const { messages } = await readBack(list, (read) => reaches(read, missing), maxPages)
    for (const message of around(messages, missing)) {
      if (!kept.has(message.messageId)) kept.set(message.messageId, message)
    }
    const found = [...kept.values()]
    missing = missing.filter((id) => !found.some((message) => isNamed(message, id)))
    if (found.length > 0 && missing.length === 0) break
  }
  const messages = [...kept.values()]
  return { messages, isNamed: (id) => messages.some((message) => isNamed(message, id)) }
}

/** Whether everything that was named is there, with enough before it. */
function reaches(messages: readonly ChatMessage[], named: readonly string[]): boolean {
  if (named.length === 0) return messages.length >= latestKept
  const places = named.map((id) => messages.findIndex((message) => isNamed(message, id)))
  return !places.includes(-1) && Math.max(...places) + evidenceAround < messages.length
}

function around(messages: readonly ChatMessage[], named: readonly string[]): ChatMessage[] {
  if (named.length === 0) return messages.slice(0, latestKept)
  const wanted = new Set<number>()
  for (const [place, message] of messages.entries()) {
    if (!named.some((id) => isNamed(message, id))) continue
    for (let near = place - evidenceAround; near <= place + evidenceAround; near += 1) wanted.add(near)
  }
  return messages.filter((_, place) => wanted.has(place))
}
