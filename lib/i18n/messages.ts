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
const serverNamespaces = new Set<string>(['audit', 'auth', 'crash', 'provider-tencent'])

/** The texts that a browser gets for the pages behind the sign-in, as JSON: all but those that only the server reads. */
export function clientMessagesJson(locale: Locale): string {
  return jsonByLocale[locale]
}

const jsonByLocale: Record<Locale, string> = {
  en: clientJson(en),
  'zh-CN': clientJson(zhCN),
  ja: clientJson(ja),
}

function clientJson(messages: Messages): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(messages).filter(([namespace]) => !serverNamespaces.has(namespace))),
  )
}
