import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'

let server: Server | undefined

/** From now on knows the server that requests come in at. To be called once, before it listens. */
export function noteServer(): void {
  subscribe('http.server.request.start', (message) => {
    // The channel's messages are documented as `{ request, response, socket, server }` (Node, diagnostics_channel).
    server = (message as { server: Server }).server
  })
}

/** Takes no more requests and resolves when the running ones have been answered, or after `withinMs`. */
export async function endRequests(withinMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    if (!server?.listening) return resolve()
    const timer = setTimeout(resolve, withinMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
