import { timeZoneCookie } from '@/lib/i18n/preferences'

/** Remembers a choice for a year in a cookie that the server reads when it renders. */
export function rememberChoice(cookie: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http.
  document.cookie = `${cookie}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}

/** Remembers the browser's own time zone, and gives its IANA name; nothing where the browser has none. */
export function rememberTimeZone(): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  if (timeZone) rememberChoice(timeZoneCookie, timeZone)
  return timeZone
}
