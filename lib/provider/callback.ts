import { createHash, timingSafeEqual } from 'node:crypto'
import { parseExactly } from './json'

/** A call that the provider's server made to us, as it arrived. `now`: epoch ms. */
export type CallbackRequest = { query: URLSearchParams; body: string; now: number }

/** What the call tells, as far as it can be read without knowing its event. */
export type Callback = {
  event: string
  /** equal for the same call sent twice */
  key: string
  body: CallbackBody
  /** somebody's message or wish waits for our answer at the provider */
  isAwaited: boolean
  /** it tells of a message that is being sent, or was: by the thousands, so they are not kept */
  isMessage: boolean
  /** who has sent it; null: it tells of none, of one that is not sent yet, or of one that was refused */
  sentBy: string | null
}

/** Whoever signed it knows the secret; neither provider's signature covers the body. */
export type CallbackReading = { ok: true; callback: Callback } | { ok: false; why: 'unsigned' | 'malformed' }

export type CallbackReader = {
  read(request: CallbackRequest): CallbackReading
  /** the provider's own way to say: go on */
  neutral: object
}

export type CallbackBody = { [field: string]: unknown }

/** What a stored call means to reports. */
export type CallbackMeaning =
  /** the provider's own moderation found something in a message */
  | {
      kind: 'moderated'
      senderId: string
      place: CallbackPlace
      messageIds: string[]
      label: CallbackLabel
      /** the provider's words for what it found */
      found: string[]
    }
  /** messages were recalled or deleted */
  | { kind: 'gone'; place: CallbackPlace; messageIds: string[] }
  | { kind: 'other' }

/** A group or a topic, or the conversation of two accounts. */
export type CallbackPlace = { groupId: string; topicId: string } | { userId: string; peerId: string }

export type CallbackLabel = 'sexual' | 'hate' | 'harassment' | 'spam' | 'other'

/** Compares what was sent with what it should be, in a time that tells nothing of where they differ. */
export function isEqualSecret(sent: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(sent), digest(right))
}

const maxDepth = 40

/** A JSON object as the database can hold it, or null: whole numbers beyond 2^53 become texts, digit for digit. */
export function parseCallbackBody(text: string): CallbackBody | null {
  try {
    const value = storable(parseExactly(text), 0)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

function storable(value: unknown, depth: number): unknown {
  if (depth > maxDepth) throw new RangeError('too deep')
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '\ufffd')
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      String(storable(field, depth)),
      storable(inner, depth + 1),
    ]),
  )
}
