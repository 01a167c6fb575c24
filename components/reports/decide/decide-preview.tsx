'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useEndWords } from '@/components/mutes/words'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import { formats } from '@/lib/i18n/formats'
import type { Until } from '@/lib/mutes/schemas'
import type { DecisionPreviewDto } from '@/lib/reports/decision-dtos'

const utcStyle = { ...formats.dateTime.dayTime, timeZone: 'UTC', timeZoneName: 'short' } as const

type DecidePreviewProps = {
  preview: DecisionPreviewDto | undefined
  isLoading: boolean
  /** epoch ms, the server's clock */
  now: number
}

/** Everything that will happen, and what stays as it is; nothing until the first question is answered. */
export function DecidePreview({ preview, isLoading, now }: DecidePreviewProps) {
  const t = useTranslations('reports.decide.preview')
  const scopes = useTranslations('mutes.scopes')
  const words = useEndWords()
  const format = useFormatter()
  // What belongs to another form than the present one is never shown.
  if (!preview) return isLoading ? <Skeleton className="h-32 w-full" /> : null
  const { changes, kicks, stays, told, closes } = preview
  const place = (scope: DecisionPreviewDto['changes'][number]['scope'], groupId: string | null) =>
    groupId === null ? scopes(scope) : t('inGroup', { scope: scopes(scope), group: safePlain(groupId) })
  // People are told the end in UTC, and colleagues sit elsewhere.
  const withUtc = (until: Until | null) =>
    typeof until !== 'number' || words.timeZone === 'UTC'
      ? words.end(until, now)
      : t('utc', { end: words.end(until, now), utc: format.dateTime(until, utcStyle) })
  return (
    <section aria-label={t('title')} className="rounded-control border border-line p-3" aria-live="polite">
      <h3 className="mb-1 font-medium">{t('title')}</h3>
      <ul className="flex list-disc flex-col gap-1 ps-5">
        {changes.map(({ scope, groupId, before, after }) => (
          <li key={`${groupId}/${scope}`}>
            {t('change', {
              place: place(scope, groupId),
              before: words.end(before, now),
              after: withUtc(after),
            })}
          </li>
        ))}
        {kicks.map((groupId) => (
          <li key={groupId}>{t('kick', { group: safePlain(groupId) })}</li>
        ))}
        {changes.length + kicks.length === 0 && <li>{t('nothing')}</li>}
        {stays.map(({ scope, groupId, until }) => (
          <li key={`stays ${groupId}/${scope}`}>
            {t('stays', { place: place(scope, groupId), end: words.end(until, now) })}
          </li>
        ))}
        <li>{preview.isStrike ? t('strike') : t('noStrike')}</li>
        {told.accused && (
          <li>
            {t('accused')}
            <Quoted text={told.accused.text} language={told.accused.locale} />
          </li>
        )}
        {told.reporters.map(({ locale, text, count }) => (
          <li key={locale}>
            {t('reporters', { count })}
            <Quoted text={text} language={locale} />
          </li>
        ))}
        {!told.accused && told.reporters.length === 0 && <li>{t('nobody')}</li>}
        {closes.map(({ caseId, number }) => (
          <li key={caseId}>{t('closes', { number })}</li>
        ))}
      </ul>
    </section>
  )
}

function Quoted({ text, language }: { text: string; language: string }) {
  return (
    <blockquote lang={language} className="border-s-2 border-line-strong ps-2 text-muted">
      <SafeText text={text} maxLength={1_000} className="whitespace-pre-wrap" />
    </blockquote>
  )
}
