'use client'

import { useTranslations } from 'next-intl'
import type { ComposerForm, ComposerMode } from '@/components/mutes/composer-form'
import { endOf } from '@/components/mutes/composer-model'
import { useEndWords } from '@/components/mutes/words'

/** Gives the explanation that stands in a form as long as nobody typed one. */
export function useReasonTemplate() {
  const templates = useTranslations('mutes.templates')
  const words = useEndWords()

  return (mode: ComposerMode, form: ComposerForm, now: number): string => {
    const { category } = form
    if (!category || category === 'other') return ''
    if (mode === 'lift') return templates('liftMistake')
    const resolved = endOf(form, words.timeZone, now)
    return templates(category, { length: resolved.ok ? words.templateLength(resolved.end) : '' }).trim()
  }
}
