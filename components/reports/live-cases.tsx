'use client'

import { RadioTower } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useLiveCases } from './use-live-cases'

type LiveCasesProps = {
  /** the case that is shown */
  caseId?: string
  /** a command on it is on its way */
  isBusy?: boolean
}

/** Keeps the page's cases up to date as they change, and says so where that does not work. */
export function LiveCases({ caseId, isBusy = false }: LiveCasesProps) {
  const t = useTranslations('reports.live')
  const isPaused = useLiveCases(caseId, isBusy)
  return (
    <p role="status" className="empty:absolute">
      {isPaused && (
        <span className="inline-flex items-center gap-1.5 text-sm text-warning-text">
          <RadioTower aria-hidden className="size-4 shrink-0" />
          {t('paused')}
        </span>
      )}
    </p>
  )
}
