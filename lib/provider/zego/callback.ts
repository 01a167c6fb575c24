import { createHash } from 'node:crypto'
import type { ZegoConnection } from '@/lib/env'
import { type CallbackBody, type CallbackReader, isEqualSecret, parseCallbackBody } from '../callback'

/** How far `timestamp` may be from this server's clock, in ms: ZEGO tries a call again for about a minute. */
const windowMs = 10 * 60_000
/** Larger ones are milliseconds: the documents give seconds in some events and milliseconds in others. */
const greatestSeconds = 1e11

/**
 * Reads ZEGO's callbacks ("Callback description"): `signature` is the SHA-1 of the secret, `timestamp` and `nonce` as
 * texts in byte order. It does not cover the body, so a nonce is good for one body.
 */
export function createZegoCallbacks({
  appId,
  callbackSecret,
}: Pick<ZegoConnection, 'appId'> & { callbackSecret: string }): CallbackReader {
  return {
    neutral: { result: 0 },
    read({ body: text, now }) {
      const body = parseCallbackBody(text) ?? decoded(text)
      if (!body) return { ok: false, why: 'malformed' }
      const [timestamp, nonce, signature] = [
        asText(body.timestamp),
        asText(body.nonce),
        asText(body.signature),
      ]
      const sorted = [callbackSecret, timestamp, nonce].sort(inByteOrder).join('')
      const right = createHash('sha1').update(sorted).digest('hex')
      const isSigned = nonce !== '' && isEqualSecret(signature.toLowerCase(), right)
      if (!isSigned || !isNow(timestamp, now) || asText(body.appid) !== String(appId))
        return { ok: false, why: 'unsigned' }
      const { event } = body
      if (typeof event !== 'string' || !/^[\w.]{1,100}$/.test(event) || nonce.length > 200)
        return { ok: false, why: 'malformed' }
      // Without the secret's proof, which is of no use later.
      const { signature: _, ...rest } = body
      const isMessage = event === 'before_send_msg' || event === 'send_msg'
      return {
        ok: true,
        callback: {
          ...{ event, key: nonce, body: rest, isAwaited: event.startsWith('before_'), isMessage },
          sentBy: senderOf(event, body),
        },
      }
    },
  }
}

/** `send_msg` tells of messages that failed as well, by `send_result`. */
function senderOf(event: string, { from_user_id, send_result = 0 }: CallbackBody): string | null {
  const isSent = event === 'send_msg' && send_result === 0
  return isSent && typeof from_user_id === 'string' ? from_user_id : null
}

/** The documents say that data is percent-encoded, not which: UNCONFIRMED, so both are read. */
function decoded(text: string): CallbackBody | null {
  try {
    return parseCallbackBody(decodeURIComponent(text))
  } catch {
    return null
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function inByteOrder(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

function isNow(timestamp: string, now: number): boolean {
  if (!/^\d{1,15}$/.test(timestamp)) return false
  const told = Number(timestamp)
  return Math.abs((told < greatestSeconds ? told * 1000 : told) - now) <= windowMs
}
