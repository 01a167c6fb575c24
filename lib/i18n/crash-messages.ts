import type { Locale } from './locales'
import en from './messages/en/crash.json'
import ja from './messages/ja/crash.json'
import zhCN from './messages/zh-CN/crash.json'

/**
 * The words for when the console itself breaks, in all languages and without next-intl: what has to show them may
 * know no language and have no provider. A few hundred bytes.
 */
export const crashMessages: Record<Locale, typeof en> = { en, 'zh-CN': zhCN, ja }
