'use client'

import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { formats } from '@/lib/i18n/formats'
import type { Locale } from '@/lib/i18n/locales'
import type { Messages } from '@/lib/i18n/messages'

type MessagesProviderProps = {
  locale: Locale
  /** IANA name */
  timeZone: string
  /** as `clientMessagesOf` gives them */
  messages: string
  children: ReactNode
}

/** The reader's language, zone and texts for everything below. */
export function MessagesProvider({ locale, timeZone, messages, children }: MessagesProviderProps) {
  return (
    <NextIntlClientProvider
      locale={locale}
      timeZone={timeZone}
      formats={formats}
      messages={parsed(locale, messages)}
    >
      {children}
    </NextIntlClientProvider>
  )
}

const parsedByLocale = new Map<Locale, { text: string; messages: Partial<Messages> }>()

/** Parsed once in a browser, and on the server once for all pages. */
function parsed(locale: Locale, text: string): Partial<Messages> {
  const known = parsedByLocale.get(locale)
  if (known?.text === text) return known.messages
  const messages: Partial<Messages> = JSON.parse(text)
  parsedByLocale.set(locale, { text, messages })
  return messages
}
