'use client'

import { type AbstractIntlMessages, NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { formats } from '@/lib/i18n/formats'
import type { Locale } from '@/lib/i18n/locales'

type MessagesProviderProps = {
  locale: Locale
  timeZone: string
  /** the texts as JSON: as one string they cross to the browser, and to the server's own render, many times cheaper */
  json: string
  children: ReactNode
}

/** Gives the texts to all client components below. */
export function MessagesProvider({ locale, timeZone, json, children }: MessagesProviderProps) {
  return (
    <NextIntlClientProvider locale={locale} timeZone={timeZone} formats={formats} messages={parsedOnce(json)}>
      {children}
    </NextIntlClientProvider>
  )
}

/** At most one for each language: the strings come from our own catalogues. */
const parsed = new Map<string, AbstractIntlMessages>()

function parsedOnce(json: string): AbstractIntlMessages {
  const known = parsed.get(json)
  if (known) return known
  const messages: AbstractIntlMessages = JSON.parse(json)
  parsed.set(json, messages)
  return messages
}
