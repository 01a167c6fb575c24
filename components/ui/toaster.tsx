'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import { toastStore } from './toast-store'

const ToastList = lazy(async () => ({ default: (await import('./toast-list')).ToastList }))

const none: readonly never[] = []

/** Where notifications appear; once in the layout. Its code is loaded with the first notification. */
export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get, () => none)
  const hasBeenNeeded = toasts.length > 0 || toastStore.wasUsed()
  return (
    hasBeenNeeded && (
      <Suspense>
        <ToastList toasts={toasts} />
      </Suspense>
    )
  )
}
