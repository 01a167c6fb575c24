import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getTimeZone } from 'next-intl/server'
import type { ReactNode } from 'react'
import { SearchBox } from '@/components/accounts/search-box'
import { SearchProvider } from '@/components/accounts/search-provider'
import { Frame } from '@/components/shell/frame'
import { QueryProvider } from '@/components/shell/query-provider'
import { TimeZoneCookie } from '@/components/shell/time-zone-cookie'
import { signInPathFor } from '@/lib/auth/callback-path'
import { findActor } from '@/lib/auth/find-actor'
import { pathHeader } from '@/lib/headers'
import { clientMessagesOf } from '@/lib/i18n/messages'
import { themeCookie, themeOf } from '@/lib/i18n/preferences'

/**
 * The frame of every page that needs a sign-in. It sends strangers to the form; each page takes the actor itself
 * nevertheless, since a layout is not asked again when only the page changes.
 */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const [actor, jar, head] = await Promise.all([findActor(), cookies(), headers()])
  if (!actor) redirect(signInPathFor(head.get(pathHeader) ?? ''))
  const [locale, timeZone] = await Promise.all([getLocale(), getTimeZone()])
  return (
    <NextIntlClientProvider messages={clientMessagesOf(locale)}>
      <TimeZoneCookie rendered={timeZone} />
      <QueryProvider actorId={actor.id}>
        <SearchProvider>
          <Frame actor={actor} theme={themeOf(jar.get(themeCookie)?.value)} search={<SearchBox />}>
            {children}
          </Frame>
        </SearchProvider>
      </QueryProvider>
    </NextIntlClientProvider>
  )
}
