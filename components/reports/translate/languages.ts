import type { Locale } from '@/lib/i18n/locales'

/** Below this it is a guess. */
const leastConfidence = 0.5

/** A language as the browser's translation takes it; the console's Chinese is written in simplified characters. */
export function targetOf(locale: Locale): string {
  return locale === 'zh-CN' ? 'zh' : locale
}

/** Whether there is anything to translate: not in numbers, signs and emoji, nor in addresses alone. */
export function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replaceAll(/https?:\/\/\S+/g, ''))
}

/** The language that the browser found, as a tag; null: it is not sure. */
export function surest(found: unknown): string | null {
  if (!Array.isArray(found)) return null
  const [best] = found as readonly unknown[]
  if (typeof best !== 'object' || best === null) return null
  const { detectedLanguage: tag, confidence } = best as Record<string, unknown>
  const isSure = typeof confidence === 'number' && confidence >= leastConfidence
  return isSure && typeof tag === 'string' && isTag(tag) && tag !== 'und' ? tag : null
}

/** Whether whoever reads one of them reads the other: the region and the script are not looked at. */
export function isSameLanguage(one: string, other: string): boolean {
  return baseOf(one) === baseOf(other)
}

/** What a language is called in the console's language. */
export function languageName(tag: string, locale: Locale): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag
}

const baseOf = (tag: string) => tag.split('-')[0]?.toLowerCase()

const isTag = (text: string) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(text)
