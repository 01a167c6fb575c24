import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import { getLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { themeCookie, themeOf } from '@/lib/i18n/preferences'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Hushdesk', template: '%s · Hushdesk' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#191d24' },
  ],
}

/** The document of every page, in the reader's language and theme from the first byte. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, jar] = await Promise.all([getLocale(), cookies()])
  return (
    <html lang={locale} data-theme={themeOf(jar.get(themeCookie)?.value)}>
      <body>{children}</body>
    </html>
  )
}
