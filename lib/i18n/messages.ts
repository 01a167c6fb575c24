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
  'health',
  'ledger',
  'notFound',
  'provider-tencent',
  'provider-zego',
  'reports',
])

/**
 * The texts that a browser gets for the pages behind the sign-in, as JSON: all but those that only the server reads,
 * and of reports those of the bar that is on every page and of the notes and links that accounts have.
 */
export function clientMessagesOf(locale: Locale): string {
  const all = messagesOf(locale)
  const { bar, categories, linked, case: one } = all.reports
  const shared = Object.entries(all).filter(([namespace]) => !serverNamespaces.has(namespace))
  return JSON.stringify({
    ...Object.fromEntries(shared),
    reports: { bar, categories, linked, case: { notes: one.notes } },
  })
}

const reportTextByLocale = new Map<Locale, string>()

/** What the pages about reports add to those, as JSON: all words of reports, and the names of what was done. */
export function reportMessagesOf(locale: Locale): string {
  const known = reportTextByLocale.get(locale)
  if (known !== undefined) return known
  const { reports, audit } = messagesOf(locale)
  const text = JSON.stringify({ reports, audit: { types: audit.types } })
  reportTextByLocale.set(locale, text)
  return text
}
