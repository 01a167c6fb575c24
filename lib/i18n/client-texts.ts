import 'server-only'
import { createHash } from 'node:crypto'
import { type ClientMessages, keepTexts } from './kept-texts'
import type { Locale } from './locales'
import { clientMessagesOf } from './messages'

type ClientTexts = {
  /** where a browser gets them: an address that never has other texts */
  href: string
  /** of the address, made of the texts themselves */
  version: string
  json: string
}

const byLocale = new Map<Locale, ClientTexts>()

/**
 * The texts of the pages behind the sign-in, to be fetched once by each browser and not sent within every page: they are
 * more than half of one.
 */
export function clientTexts(locale: Locale): ClientTexts {
  const known = byLocale.get(locale)
  if (known) return known
  const json = clientMessagesOf(locale)
  const version = createHash('sha256').update(json).digest('base64url').slice(0, 16)
  const texts = { href: `/api/texts/${locale}/${version}`, version, json }
  const messages: ClientMessages = JSON.parse(json)
  keepTexts(texts.href, messages)
  byLocale.set(locale, texts)
  return texts
}
