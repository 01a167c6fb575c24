import 'server-only'
import { type Dispatcher, errors, Pool } from 'undici'

/** Answers of a provider larger than this are dropped while they stream in. */
const maxAnswerBytes = 1_048_576
/** Connections kept to one provider: 200 calls a second with answers after half a second fit. */
const maxConnections = 128
/** Attempts to connect end then, so that none outlives the request that asked for it by long. */
const connectTimeoutMs = 5_000

/**
 * How one request ended. `sent` tells whether the request may have left this machine: false is certain, true is not.
 * - `answered`: an HTTP status and a whole body of at most `maxAnswerBytes`
 * - `garbled`: not HTTP, or a body over the size cap
 * - `timeout`, `disconnected`, `unreachable`, `aborted`: see the names of `ProviderErrorKind`; `aborted` by the signal
 */
export type PostOutcome =
  | { kind: 'answered'; status: number; body: Uint8Array }
  | { kind: 'garbled' | 'timeout' | 'disconnected' | 'unreachable' | 'aborted'; sent: boolean }

type PostRequest = {
  /** path and query; may hold a signature, so it is never part of an outcome */
  path: string
  /** JSON of a POST; null: a GET */
  body: string | null
  /** milliseconds from now until the whole answer must be here, connecting included */
  deadlineMs: number
  signal?: AbortSignal
}

export type Poster = {
  /** Sends one request. Never throws, never retries, never follows a redirect. */
  send(request: PostRequest): Promise<PostOutcome>
  close(): Promise<void>
}

/**
 * A keep-alive pool to one origin. It is undici and not `fetch`, because the framework patches `fetch` and may log
 * URLs.
 */
export function createPoster(origin: string): Poster {
  // The deadline of each request bounds connecting, headers and body together.
  const pool = new Pool(origin, {
    connections: maxConnections,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    send: (request) => exchange(pool, request),
    close: () => pool.destroy(),
  }
}

function exchange(pool: Pool, { path, body, deadlineMs, signal }: PostRequest): Promise<PostOutcome> {
  if (signal?.aborted) return Promise.resolve({ kind: 'aborted', sent: false })
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined
    let settled = false
    let status = 0
    let chunks: Buffer[] = []
    let size = 0

    const settle = (outcome: PostOutcome) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      resolve(outcome)
      if (outcome.kind !== 'answered') controller?.abort(new Error('given up'))
    }
    // The deadline passing before the request left means that no connection came about.
    const onDeadline = () =>
      settle(controller ? { kind: 'timeout', sent: true } : { kind: 'unreachable', sent: false })
    const onAbort = () => settle({ kind: 'aborted', sent: controller !== undefined })
    const timer = setTimeout(onDeadline, deadlineMs)
    signal?.addEventListener('abort', onAbort, { once: true })

    const startedAt = performance.now()
    const accept = 'application/json'
    pool.dispatch(
      body === null
        ? { path, method: 'GET', headers: { accept } }
        : { path, method: 'POST', headers: { 'content-type': 'application/json', accept }, body },
      {
        // undici calls this right before the first byte is written; aborting here keeps the request from leaving.
        onRequestStart(started) {
          // A process that stood still for longer than the deadline comes here before its own timers.
          const isLate = performance.now() - startedAt > deadlineMs
          if (settled || isLate) started.abort(new Error('given up'))
          else controller = started
        },
        onResponseStart(_, statusCode) {
          status = statusCode
          chunks = []
          size = 0
        },
        onResponseData(_, chunk) {
          size += chunk.length
          if (size > maxAnswerBytes) settle({ kind: 'garbled', sent: true })
          else chunks.push(chunk)
        },
        onResponseEnd() {
          settle({ kind: 'answered', status, body: Buffer.concat(chunks) })
        },
        onResponseError(_, error) {
          if (!controller) settle({ kind: 'unreachable', sent: false })
          else settle({ kind: isGarbled(error) ? 'garbled' : 'disconnected', sent: true })
        },
      },
    )
  })
}

function isGarbled(error: Error): boolean {
  return (
    error instanceof errors.HTTPParserError ||
    error instanceof errors.HeadersOverflowError ||
    error instanceof errors.ResponseContentLengthMismatchError
  )
}
