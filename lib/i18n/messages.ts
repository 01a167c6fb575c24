import type { Locale } from './locales'
import { en } from './messages/en'
import { ja } from './messages/ja'
import { zhCN } from './messages/zh-CN'

/** Every text of the console, by namespace; English is what the keys are checked against. */
export type Messages = typeof en

const byLocale: Record<Locale, Messages> = { en, 'zh-CN': zhCN, ja }

/** All texts of a language. */
export function messagesOf(locale: Locale): Messages {
  return byLocale[locale]
}

/** Read on the server alone: long catalogues and pages that bring their own words. They never travel to a browser. */
const serverNamespaces = new Set<string>([
  'audit',
  'auth',
  'crash',
  'ledger',
  'provider-tencent',
  'provider-zego',
])

const textByLocale = new Map<Locale, string>()

/**
 * The texts that a browser gets for the pages behind the sign-in, as JSON: all but those that only the server reads.
 * One string, which React passes on as it is; a thousand texts it would walk through three times for each page.
 */
export function clientMessagesOf(locale: Locale): string {
  const known = textByLocale.get(locale)
  if (known !== undefined) return known
  const messages = Object.entries(messagesOf(locale)).filter(
    ([namespace]) => !serverNamespaces.has(namespace),
  )
  const text = JSON.stringify(Object.fromEntries(messages))
  textByLocale.set(locale, text)
  return text
}
