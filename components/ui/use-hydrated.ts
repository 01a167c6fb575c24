'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/**
 * Whether this is past the first render in a browser, which has to come out like the server's. For what only a browser
 * knows: a clock that is wrong makes what just came with the page look old, and so "being read" at once.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
