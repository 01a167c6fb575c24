import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { NextRequest } from 'next/server'
import { refuse } from '@/lib/action'
import { systemClock } from '@/lib/clock'
import { appContext, type Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { errorFields, log } from '@/lib/log'
import { callbacksOf } from '@/lib/provider'
import type { Callback, CallbackReader } from '@/lib/provider/callback'
import type { ProviderName } from '@/lib/provider/port'

/** The longest call that is read, in bytes. */
const maxBytes = 64 * 1024
/** So long the database may take; providers give up after 2 s and are to be answered within 1 s. In ms. */
const patienceMs = 800

type Receive = (
  context: Context,
  connection: string,
  callback: Callback,
) => Promise<'stored' | 'repeated' | 'replayed'>

type Note = (
  context: Context,
  message: { connection: string; senderId: string },
  now: number,
) => Promise<void>

/**
 * Makes the route to which a provider's servers call: the connection's secret → size → signature → kept in the database
 * → the provider's own "go on". It decides nothing about the chat, so no message ever waits for our database: what a
 * message waits for, and what tells of one being sent, is answered at once and not kept, and `note` is told who sent
 * one. Other calls are kept first; when
 * the database is slow or away, what something waits for is let go and its loss logged, and everything else is answered
 * 503, so that the provider sends it again (ZEGO five times, Tencent where that is switched on). A call that comes twice
 * is kept once. Wrong signatures, and a used nonce with another body, are refused and audited.
 */
export function defineCallback(provider: ProviderName, receive: Receive, note: Note) {
  return async (
    request: NextRequest,
    { params }: { params: Promise<{ connection: string }> },
  ): Promise<Response> => {
    const { connection } = await params
    const reader = callbacksOf(connection, provider)
    if (!reader) return answer(404, {})
    const body = await readText(request)
    if (body === null) return answer(413, {})
    const query = request.nextUrl.searchParams
    const reading = reader.read({ query, body, now: systemClock.now() })
    if (!reading.ok) return reading.why === 'malformed' ? answer(400, {}) : refused(provider)
    const { callback } = reading
    if (callback.isMessage) {
      if (callback.sentBy !== null) void noted(note, { connection, senderId: callback.sentBy })
      return answer(200, reader.neutral)
    }
    const kept = await answerOnceKept(reader, connection, callback, async () =>
      receive(await appContext(), connection, callback),
    )
    return kept ?? refused(provider)
  }
}

/**
 * The answer to a call when it is kept, or when that takes too long; null: it is a replay. What was begun goes on after
 * a late answer, and may still keep it. Never throws.
 */
export async function answerOnceKept(
  reader: Pick<CallbackReader, 'neutral'>,
  connection: string,
  { event, isAwaited }: Pick<Callback, 'event' | 'isAwaited'>,
  store: () => ReturnType<Receive>,
): Promise<Response | null> {
  const failed = (why: object) => {
    log.error({ connection, event, isLost: isAwaited, ...why }, 'a callback could not be kept in time')
    return isAwaited ? answer(200, reader.neutral) : answer(503, {})
  }
  const keep = async () => {
    try {
      return (await store()) === 'replayed' ? null : answer(200, reader.neutral)
    } catch (error) {
      return failed(errorFields(error))
    }
  }
  return within(keep(), () => failed({}))
}

/** Goes on after the answer; never throws. */
async function noted(note: Note, message: { connection: string; senderId: string }): Promise<void> {
  try {
    await note(await appContext(), message, systemClock.now())
  } catch (error) {
    log.error({ connection: message.connection, ...errorFields(error) }, 'a message could not be counted')
  }
}

async function refused(provider: ProviderName): Promise<Response> {
  const told = refuse(`callbacks.${provider}`, null, new AppError('FORBIDDEN'))
  return within(
    told.then(() => answer(403, {})),
    () => answer(403, {}),
  )
}

function within<Answer>(answering: Promise<Answer>, instead: () => Answer): Promise<Answer> {
  const done = new AbortController()
  const late = delay(patienceMs, undefined, { signal: done.signal }).then(instead)
  // Aborted when nobody waits for it any more.
  late.catch(() => {})
  return Promise.race([answering, late]).finally(() => done.abort())
}

/** The body as text, read no further than it may be long, whatever length it claims to have; null: it is longer. */
async function readText(request: NextRequest): Promise<string | null> {
  if (Number(request.headers.get('content-length')) > maxBytes) return null
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
