'use client'

import { NextIntlClientProvider, useLocale, useMessages } from 'next-intl'
import { type ReactNode, useMemo } from 'react'

/**
 * Adds namespaces (`texts` is JSON of them) to the texts that everything below may use; a namespace of before gives
 * way.
 */
export function MoreMessages({ texts, children }: { texts: string; children: ReactNode }) {
  const before = useMessages()
  const all = useMemo(() => ({ ...before, ...JSON.parse(texts) }), [before, texts])
  return (
    <NextIntlClientProvider locale={useLocale()} messages={all}>
      {children}
    </NextIntlClientProvider>
  )
}
