import 'server-only'
import { Readable } from 'node:stream'
import { Client } from 'undici'
import { env } from '@/lib/env'
import type { NoticeKind, ReportCategory } from './rules'
import { signDelivery } from './webhook-sign'

/** The customer's own server, which hands messages to people. The address may hold a secret of its own. */
export type NoticeWebhook = {
  url: string
  secret: string
  /** milliseconds until the status of the answer must be here, connecting included; 5 s unless given */
  deadlineMs?: number
}
/** By the key of the connection; the others' messages are sent by their provider. */
export type NoticeWebhooks = ReadonlyMap<string, NoticeWebhook>

/** What the receiver is told; the README describes it. `decidedAt`: epoch ms. */
export type NoticeDelivery = {
  id: string
  kind: NoticeKind
  connection: string
  userId: string
  language: string
  text: string
  caseNumber: number
  decidedAt: number | null
}

/** The call about an urgent case; the README describes it. `urgentAt`: epoch ms. */
export type UrgentDelivery = {
  id: string
  kind: 'case.urgent'
  connection: string
  /** the accused */
  userId: string
  category: ReportCategory
  caseNumber: number
  urgentAt: number
  /** the case in the console */
  url: string
}

/** How a delivery ended; `unreachable`: it never left. */
export type WebhookAnswer =
  | { kind: 'answered'; status: number }
  | { kind: 'unreachable' | 'timeout' | 'disconnected' }

const defaultDeadlineMs = 5_000
/** Only the status counts; what more than this is answered is cut off. */
const maxAnswerBytes = 16_384

/** The webhooks of the connections file. */
export function noticeWebhooks(): NoticeWebhooks {
  return new Map(env().connections.flatMap(({ key, notices }) => (notices ? [[key, notices] as const] : [])))
}

/** Hands a message to a webhook, signed at `now` (epoch ms). Never throws, never repeats, never follows a redirect. */
export async function deliver(
  { url, secret, deadlineMs = defaultDeadlineMs }: NoticeWebhook,
  delivery: NoticeDelivery | UrgentDelivery,
  now: number,
): Promise<WebhookAnswer> {
  const body = JSON.stringify(delivery)
  const timestamp = Math.floor(now / 1_000)
  const signal = AbortSignal.timeout(deadlineMs)
  const { origin, pathname, search } = new URL(url)
  // Of its own: the process's common one belongs to the framework, which may log addresses. And for each message: on a
  // connection that was kept, nobody could tell whether the request still arrived.
  const client = new Client(origin, { pipelining: 0 })
  // A request's own signal would wait for the connection; this ends the attempt to connect too.
  const giveUp = () => void client.destroy()
  signal.addEventListener('abort', giveUp, { once: true })
  let hasLeft = false
  // It is asked for its bytes when the connection stands, and not before.
  async function* leaving() {
    hasLeft = true
    yield Buffer.from(body)
  }
  try {
    const answer = await client.request({
      path: `${pathname}${search}`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'hushdesk-delivery': delivery.id,
        'hushdesk-timestamp': String(timestamp),
        'hushdesk-signature': `sha256=${signDelivery(secret, timestamp, body)}`,
      },
      body: Readable.from(leaving()),
    })
    await answer.body.dump({ limit: maxAnswerBytes, signal }).catch(() => undefined)
    return { kind: 'answered', status: answer.statusCode }
  } catch {
    if (!hasLeft) return { kind: 'unreachable' }
    return { kind: signal.aborted ? 'timeout' : 'disconnected' }
  } finally {
    signal.removeEventListener('abort', giveUp)
    await client.destroy()
  }
}
