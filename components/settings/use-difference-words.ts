'use client'

import { useLocale, useTranslations } from 'next-intl'
import { wordOfCategory } from '@/components/reports/word-of-category'
import { safePlain } from '@/components/ui/safe-text'
import type { Difference } from '@/lib/settings/differences'
import { type LadderStep, type NoticeLocale, noticeLocales } from '@/lib/settings/report-rules'
import { languageNames } from './language-names'
import { usePresetLabel } from './use-preset-label'

/** A difference as a lead reads it. */
export type DifferenceWords = {
  label: string
  /** what it was and is, or what came and went, '' where nothing did; null: the label says all of it */
  values: { before: string; after: string } | { added: string; removed: string } | null
  /** of the values */
  lang?: NoticeLocale
}

/** More than any text of a setting has. */
const longest = 400

/** The words for what differs between two versions of a setting. */
export function useDifferenceWords(): (difference: Difference) => DifferenceWords {
  const t = useTranslations('settings')
  const builtIn = useTranslations('reports.categories')
  const asked = useLocale()
  const locale = noticeLocales.find((known) => known === asked) ?? 'en'
  const labelOf = usePresetLabel()

  type Named = Extract<Difference, { what: 'ladder' }>['of']
  const nameOf = ({ category, name }: Named) => safePlain(name?.[locale] ?? wordOfCategory(category, builtIn))
  const stepOf = (step: LadderStep) => (step === 'warn' ? t('templates.kinds.warning') : labelOf(step))
  const joined = (values: readonly string[]) => values.join(' · ')
  const written = (text: string | null) => (text === null ? t('policies.ownName') : safePlain(text, longest))
  const inCategory = (of: Named, field: string) => joined([nameOf(of), field])
  const change = (label: string, before: string, after: string): DifferenceWords => ({
    label,
    values: { before, after },
  })
  const cameAndWent = (
    label: string,
    added: readonly string[],
    removed: readonly string[],
  ): DifferenceWords => ({
    label,
    values: { added: joined(added), removed: joined(removed) },
  })

  return (one) => {
    switch (one.what) {
      case 'lengths':
        return cameAndWent(t('presets.title'), one.added.map(labelOf), one.removed.map(labelOf))
      case 'lengthOrder':
        return change(t('history.order'), joined(one.before.map(labelOf)), joined(one.after.map(labelOf)))
      case 'approval':
        return change(t('approval.label'), String(one.before), String(one.after))
      case 'protected': {
        const label = t('protected.label', { connection: safePlain(one.connection) })
        return cameAndWent(label, one.added, one.removed)
      }
      case 'categoryAdded':
      case 'categoryGone':
      case 'categoryRetired':
      case 'categoryReturned':
        return { label: t(`history.${one.what}`, { category: nameOf(one.of) }), values: null }
      case 'categoryOrder':
        return change(t('history.order'), joined(one.before.map(nameOf)), joined(one.after.map(nameOf)))
      case 'severity':
      case 'decay':
        return change(inCategory(one.of, t(`policies.${one.what}`)), String(one.before), String(one.after))
      case 'sla': {
        const [before, after] = [labelOf({ seconds: one.before }), labelOf({ seconds: one.after })]
        return change(inCategory(one.of, t('policies.sla')), before, after)
      }
      case 'ladder':
        return change(
          inCategory(one.of, t('policies.ladder')),
          joined(one.before.map(stepOf)),
          joined(one.after.map(stepOf)),
        )
      case 'name':
      case 'text': {
        const label = inCategory(one.of, t(`policies.${one.what}`, { language: languageNames[one.language] }))
        return { ...change(label, written(one.before), written(one.after)), lang: one.language }
      }
      case 'template':
      case 'appeal': {
        const text = one.what === 'appeal' ? t('templates.appeal') : t(`templates.kinds.${one.kind}`)
        const label = joined([text, languageNames[one.language]])
        return { ...change(label, written(one.before), written(one.after)), lang: one.language }
      }
      default:
        return one satisfies never
    }
  }
}
