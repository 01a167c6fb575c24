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
  'reports',
])

/** The texts that a browser gets for the pages behind the sign-in: all but those that only the server reads. */
export function clientMessagesOf(locale: Locale): Partial<Messages> {
  return Object.fromEntries(
    Object.entries(messagesOf(locale)).filter(([namespace]) => !serverNamespaces.has(namespace)),
  )
}
