import type { Locale } from './locales'
import { en } from './messages/en'
import { ja } from './messages/ja'
import { zhCN } from './messages/zh-CN'

/** Every text of the console, by namespace; English is what the keys are checked against. */
export type Messages = typeof en
export type Namespace = keyof Messages

const byLocale: Record<Locale, Messages> = { en, 'zh-CN': zhCN, ja }

/** All texts of a language. */
export function messagesOf(locale: Locale): Messages {
  return byLocale[locale]
}
