'use client'

import { type ComponentProps, lazy, Suspense, useEffect, useState } from 'react'
import { type BrowserApi, findBrowserApi } from './browser-api'
import type { TranslateSwitch as Switch } from './translate-switch'

const TranslateSwitch = lazy(async () => ({ default: (await import('./translate-switch')).TranslateSwitch }))

/** Where the translation is turned on and off; nothing at all where the browser has none. */
export function TranslatePlace(props: Omit<ComponentProps<typeof Switch>, 'api'>) {
  const [api, setApi] = useState<BrowserApi | null>(null)
  useEffect(() => {
    let isThere = true
    void findBrowserApi().then((found) => isThere && setApi(found))
    return () => {
      isThere = false
    }
  }, [])
  return (
    api && (
      <Suspense>
        <TranslateSwitch api={api} {...props} />
      </Suspense>
    )
  )
}
