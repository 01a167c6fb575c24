import type { Locale } from '@/lib/i18n/locales'
import type { BrowserApi } from './browser-api'
import { targetOf } from './languages'
import { createTranslations } from './translations'

/** Begins to translate into the console's language. */
export const startTranslations = (api: BrowserApi, locale: Locale) =>
  createTranslations(api, targetOf(locale))
