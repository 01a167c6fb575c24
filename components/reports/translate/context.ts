import { createContext } from 'react'
import type { Translations } from './translations'

/** Into which the messages below are translated; null: they are not. */
export const TranslationsContext = createContext<Translations | null>(null)
