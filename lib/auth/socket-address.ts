import 'server-only'
import { randomBytes } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** Shared by the bundles of instrumentation and of the routes, each of which has its own copy of this module. */
const shared: typeof globalThis & { hushdeskSocketHeader?: string } = globalThis

/**
 * From now on notes on each request which address its connection came from: Next passes a client's own
 * `x-forwarded-for` on as it came, so nothing else a handler can read is certain. To be called once, before the server
 * listens. The header's name is made up anew in each process, so that no client can send it.
 */
export function noteSocketAddresses(): void {
  if (shared.hushdeskSocketHeader) return
  const header = `x-socket-address-${randomBytes(16).toString('hex')}`
  shared.hushdeskSocketHeader = header
  subscribe('http.server.request.start', (message) => {
    // The channel's messages are documented as `{ request, response, socket, server }` (Node, diagnostics_channel).
    const { request } = message as { request: IncomingMessage }
    request.headers[header] = request.socket.remoteAddress
  })
}

/** The address of the connection that brought a request with these headers; null when it was not noted. */
export function socketAddress(headers: Headers): string | null {
  return shared.hushdeskSocketHeader ? headers.get(shared.hushdeskSocketHeader) : null
}
