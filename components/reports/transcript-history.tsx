'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { HistoryDirection } from '@/lib/reports/history-schemas'

const ReadHistory = lazy(async () => ({ default: (await import('./read-history')).ReadHistory }))

export type TranscriptHistoryProps = {
  caseId: string
  direction: HistoryDirection
  /** nothing is kept to read on from */
  isAll: boolean
  /** ids of what is kept and shown beside it */
  kept: ReadonlySet<string>
  serverNow: number
}

/** Offers what the provider has before or after the kept messages; it is read when somebody asks. */
export function TranscriptHistory(props: TranscriptHistoryProps) {
  const t = useTranslations('reports.case.transcript.history')
  const { direction, isAll } = props
  const [isAsked, setAsked] = useState(false)
  const button = (
    <Button className="self-start" isBusy={isAsked} onClick={() => setAsked(true)}>
      {isAll ? t('all') : t(`begin.${direction}`)}
    </Button>
  )
  return (
    <div data-history={direction} className="flex flex-col gap-1.5">
      {isAsked ? (
        <Suspense fallback={button}>
          <ReadHistory {...props} />
        </Suspense>
      ) : (
        button
      )}
    </div>
  )
}
