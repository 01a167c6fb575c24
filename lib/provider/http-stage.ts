import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { onTestFinished } from 'vitest'
import type { Throttle } from './caller'
import { ProviderError } from './errors'
import type { CallOptions } from './port'

/** What the tests of all clients share: servers that answer as they are told, and pacing that grants everything. */

export const interactive: CallOptions = { priority: 'interactive' }

/** What the client asked of the pacing. */
export type Permit = Parameters<Throttle['acquire']>[0]
/** Answers, or does not answer, one request; `index` counts them from 0. */
export type Handler = (request: IncomingMessage, response: ServerResponse, index: number) => void

/** Listens on a free port of this machine until the test ends. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    if ('closeAllConnections' in server && server.closeAllConnections instanceof Function)
      server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP address, as it was given a port
}

/** Pacing that grants everything and notes it. */
export function noting(permits: Permit[]): Throttle {
  return {
    async acquire(permit) {
      permits.push(permit)
    },
  }
}

/** A provider that gives each request, counted from 0, to `handler`. */
export async function serve(handler: Handler) {
  const requests: { method: string; url: URL; body: string }[] = []
  const server = createServer(async (request, response) => {
    const index = requests.length
    const seen = {
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://provider'),
      body: '',
    }
    requests.push(seen)
    seen.body = await text(request)
    handler(request, response, index)
  })
  return { endpoint: await listen(server), requests }
}

/** Answers every request with a body: text and bytes as they are, all else as JSON. */
export const answer =
  (body: unknown, status = 200): Handler =>
  (_, response) =>
    response
      .writeHead(status)
      .end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))

/** The `ProviderError` that a call ends with; anything else fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ProviderError)) throw new Error(`not a provider error: ${inspect(error)}`)
  return error
}
