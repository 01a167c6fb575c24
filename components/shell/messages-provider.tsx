'use client'

import { NextIntlClientProvider } from 'next-intl'
import { type ReactNode, use } from 'react'
import { formats } from '@/lib/i18n/formats'
import { keptTexts } from '@/lib/i18n/kept-texts'
import type { Locale } from '@/lib/i18n/locales'
import { loadTexts } from './load-texts'

type MessagesProviderProps = {
  locale: Locale
  /** IANA name */
  timeZone: string
  /** where the texts are, as `clientTexts` gives it */
  href: string
  children: ReactNode
}

/**
 * The reader's language, zone and texts for everything below. In a browser the page stands as the server made it until
 * the texts are there, and only then comes alive.
 */
export function MessagesProvider({ locale, timeZone, href, children }: MessagesProviderProps) {
  const messages = typeof window === 'undefined' ? keptTexts(href) : use(loadTexts(href))
  return (
    <NextIntlClientProvider locale={locale} timeZone={timeZone} formats={formats} messages={messages}>
      {children}
    </NextIntlClientProvider>
  )
}
