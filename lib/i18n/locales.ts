/** The languages of the console. The first is what a reader of none of them gets. */
export const locales = ['en', 'zh-CN', 'ja'] as const
export type Locale = (typeof locales)[number]
export const defaultLocale: Locale = 'en'

/** How each language calls itself. */
export const localeNames: Record<Locale, string> = { en: 'English', 'zh-CN': '简体中文', ja: '日本語' }

/** Whether a text is one of our languages. */
export function isLocale(text: string | undefined): text is Locale {
  return locales.some((locale) => locale === text)
}

const maxHeaderLength = 1_000

/**
 * The language that a browser's `Accept-Language` header asks for first among ours (RFC 9110 §12.5.4). Any Chinese is
 * served by zh-CN; a header that names none of ours gets the default.
 */
export function localeOfHeader(header: string | null): Locale {
  if (!header || header.length > maxHeaderLength) return defaultLocale
  const wishes = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { language: tag.split('-')[0], quality: quality ? Number(quality.slice(2)) : 1 }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wishes) {
    const match = locales.find((locale) => locale.toLowerCase().split('-')[0] === language)
    if (match) return match
  }
  return defaultLocale
}
