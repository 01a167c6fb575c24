/**
 * What a browser remembers about its reader, in cookies that scripts may read: they hold nothing secret, and the
 * server needs them to render the right thing at once.
 */
export const localeCookie = 'hushdesk.locale'
export const themeCookie = 'hushdesk.theme'
export const timeZoneCookie = 'hushdesk.tz'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** The theme that a cookie names; `system` for anything else. */
export function themeOf(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'system'
}

/** Used until the browser has told its own zone. */
export const defaultTimeZone = 'UTC'

/** The time zone that a cookie names, if this platform knows it; otherwise UTC. */
export function timeZoneOf(text: string | undefined): string {
  if (!text || text.length > 64) return defaultTimeZone
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return defaultTimeZone
  }
}
