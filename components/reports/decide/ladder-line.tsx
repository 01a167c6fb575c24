'use client'

import { useTranslations } from 'next-intl'
import { useEndWords } from '@/components/mutes/words'
import type { DecisionBasisDto } from '@/lib/reports/decision-dtos'

/** What the ladder says and why, with the rule that was broken one click away. */
export function LadderLine({ basis }: { basis: DecisionBasisDto }) {
  const t = useTranslations('reports.decide')
  const words = useEndWords()
  const { step, strikes, position, steps, decayDays } = basis.advice
  const length = typeof step === 'object' ? words.length(step.seconds) : ''
  const kind = typeof step === 'object' ? 'mute' : step
  return (
    <div className="rounded-control bg-sunken px-3 py-2">
      <p>{t('ladder', { kind, length })}</p>
      <p className="text-sm text-muted">{t('ladderWhy', { strikes, position, steps, days: decayDays })}</p>
      <details className="text-sm">
        <summary className="min-h-6 cursor-pointer text-accent-text">{t('policy')}</summary>
        <p className="wrap-anywhere">{basis.policyText[basis.language]}</p>
      </details>
    </div>
  )
}
