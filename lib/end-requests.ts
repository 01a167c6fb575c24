import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'

let server: Server | undefined

// Next.js loads this file more than once in a process: for its start and for the routes.
const holder = globalThis as { [endingKey]?: AbortController }
const endingKey = Symbol.for('hushdesk.ending')

/** Aborts when the console begins to stop: answers that would go on until their browser leaves end then. */
export function endingSignal(): AbortSignal {
  return ending().signal
}

function ending(): AbortController {
  holder[endingKey] ??= new AbortController()
  return holder[endingKey]
}

/** From now on knows the server that requests come in at. To be called once, before it listens. */
export function noteServer(): void {
  subscribe('http.server.request.start', (message) => {
    // The channel's messages are documented as `{ request, response, socket, server }` (Node, diagnostics_channel).
    server = (message as { server: Server }).server
  })
}

/** Takes no more requests and resolves when the running ones have been answered, or after `withinMs`. */
export async function endRequests(withinMs: number): Promise<void> {
  ending().abort()
  await new Promise<void>((resolve) => {
    if (!server?.listening) return resolve()
    const timer = setTimeout(resolve, withinMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
