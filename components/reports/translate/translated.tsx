'use client'

import { Languages } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useSyncExternalStore } from 'react'
import { SafeLines } from '../safe-lines'
import { languageName } from './languages'
import type { Translations } from './translations'

/** A message's translation below it, told apart from what was said; or why there is none. */
export function Translated({ text, translations }: { text: string; translations: Translations }) {
  const t = useTranslations('reports.case.transcript.translate')
  const locale = useLocale()
  const { subscribe, of, loading, want } = translations
  useEffect(() => want(text), [want, text])
  const one = useSyncExternalStore(
    subscribe,
    () => of(text),
    () => of(text),
  )
  const packs = useSyncExternalStore(subscribe, loading, loading)
  if (one.kind === 'same') return null
  if (one.kind === 'done')
    return (
      <div data-translation className="mt-1 border-t border-dashed border-line-strong pt-1">
        <p className="flex items-center gap-1 text-sm text-muted">
          <Languages aria-hidden className="size-3.5" />
          {t('by', { language: languageName(one.from, locale) })}
        </p>
        <div lang={locale}>
          <SafeLines text={one.text} />
        </div>
      </div>
    )
  const { from } = one.kind === 'waiting' || one.kind === 'unavailable' ? one : { from: null }
  const language = from === null ? 'none' : languageName(from, locale)
  const isStopped = packs.some(({ of: pack, state }) => pack === from && state.kind === 'stopped')
  const words = one.kind === 'waiting' && isStopped ? 'stopped' : one.kind
  return (
    <p data-translation className="mt-1 text-sm text-muted">
      {t(words, { language })}
    </p>
  )
}
