import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { formats } from './formats'
import { isLocale, localeOfHeader } from './locales'
import { messagesOf } from './messages'
import { localeCookie, timeZoneCookie, timeZoneOf } from './preferences'

/**
 * What next-intl knows about a request: the reader's language and zone come from cookies, the language else from the
 * browser.
 */
export default getRequestConfig(async ({ locale: asked }) => {
  const jar = await cookies()
  const chosen = asked ?? jar.get(localeCookie)?.value
  const locale = isLocale(chosen) ? chosen : localeOfHeader((await headers()).get('accept-language'))
  return {
    locale,
    formats,
    messages: messagesOf(locale),
    timeZone: timeZoneOf(jar.get(timeZoneCookie)?.value),
  }
})
