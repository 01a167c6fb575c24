'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ReadError } from '@/lib/read'

/** How often a read that did not reach the server is tried again. */
const maxRetries = 2

/** The browser's one cache, and whose it is. */
let inBrowser: { actorId: string; client: QueryClient } | null = null

/**
 * The cache of what was read from the server. Each server render has a cache
 * of its own; the browser keeps one, and begins a new one when somebody else signs in.
 */
export function QueryProvider({ actorId, children }: { actorId: string; children: ReactNode }) {
  return <QueryClientProvider client={clientOf(actorId)}>{children}</QueryClientProvider>
}

function clientOf(actorId: string): QueryClient {
  if (typeof window === 'undefined') return makeClient()
  if (inBrowser?.actorId !== actorId) {
    inBrowser?.client.clear()
    inBrowser = { actorId, client: makeClient() }
  }
  return inBrowser.client
}

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server refused on purpose it refuses again.
        retry: (count, error) => count < maxRetries && !(error instanceof ReadError && error.error.requestId),
      },
    },
  })
}
