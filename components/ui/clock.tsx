'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { createClockStore } from './clock-store'
import type { Reading } from './server-clock'

/** The browser's clocks as they stand now: take it when an answer arrives. */
export function readClocks(): Reading {
  return { wall: Date.now(), steady: performance.now() }
}

const store = createClockStore({
  read: readClocks,
  async ask() {
    const response = await fetch('/api/time', { cache: 'no-store' })
    const body: unknown = await response.json()
    if (response.ok && typeof body === 'object' && body && 'now' in body && typeof body.now === 'number') {
      return body.now
    }
    throw new Error('the server did not tell its time')
  },
  isHidden: () => document.hidden,
  setTimer(run, ms) {
    const timer = window.setTimeout(run, ms)
    return () => window.clearTimeout(timer)
  },
  onAttention(run) {
    document.addEventListener('visibilitychange', run)
    window.addEventListener('focus', run)
    window.addEventListener('pageshow', run)
    return () => {
      document.removeEventListener('visibilitychange', run)
      window.removeEventListener('focus', run)
      window.removeEventListener('pageshow', run)
    }
  },
})

/**
 * Tells the page's clock what time the server had. `serverNow` is epoch ms; `receivedAt` the browser's clocks when the
 * answer was there (`readClocks()`, now by default); `roundTripMs` how long the question took. Leave the round trip
 * out for anything that may be older than it looks: a rendered page, a cached answer.
 */
export function noteServerNow(serverNow: number, receivedAt?: Reading, roundTripMs?: number): void {
  store.note(serverNow, receivedAt, roundTripMs)
}

/**
 * The server's time as this page knows it, epoch ms; null before any `noteServerNow`. For event handlers, not for
 * rendering.
 */
export function serverNow(): number | null {
  return store.now()
}

/**
 * What `select` makes of the server's time, kept up to date on each of the server's seconds; renders anew only when
 * the result changes. `renderedAt` is the server's time when the page or the data was made: the first render uses it,
 * so that hydration matches. Right whatever the browser's own clock says.
 */
export function useServerClock<T extends string | number | boolean>(
  renderedAt: number,
  select: (now: number) => T,
): T {
  // Before the subscription below, so that the clock stands when the first tick asks for it.
  useEffect(() => noteServerNow(renderedAt), [renderedAt])
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.now() ?? renderedAt),
    () => select(renderedAt),
  )
}

const granularities = { second: 1_000, minute: 60_000 }

/** The server's time, epoch ms, cut to full seconds or minutes; see `useServerClock`. */
export function useServerNow(renderedAt: number, granularity: keyof typeof granularities = 'second'): number {
  const step = granularities[granularity]
  return useServerClock(renderedAt, (now) => Math.floor(now / step) * step)
}
