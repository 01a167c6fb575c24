'use client'

import { CircleCheck, LoaderCircle } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import type { ActionError } from '@/lib/result'
import type { Batch } from './collect-draft'

type CollectRunsProps = {
  batch: Batch
  error: ActionError | null
  isSending: boolean
  onGoOn(): void
  onClear(): void
}

/** A list that became several runs: how far their making has come, and the way to each. A reload goes on where it was. */
export function CollectRuns({ batch, error, isSending, onGoOn, onClear }: CollectRunsProps) {
  const t = useTranslations('bulkCollect.runs')
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  const { runs } = batch
  const made = runs.filter(({ bulkId }) => bulkId !== null).length
  const isMade = made === runs.length
  const first = runs[0]?.bulkId
  // The button that was pressed is gone.
  useEffect(() => heading.current?.focus(), [])
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-3 rounded-panel border border-line bg-surface p-4"
    >
      <h2 id={id} ref={heading} tabIndex={-1} className="text-lg">
        {t('title', { count: runs.length })}
      </h2>
      <p role="status">{isMade ? t('made') : t('progress', { made, count: runs.length })}</p>
      {error && <ActionErrorPanel error={error} />}
      <ol className="divide-y divide-line rounded-control border border-line">
        {runs.map(({ key, accounts, bulkId }, index) => (
          <li key={key} className="flex min-h-control flex-wrap items-center gap-x-3 px-3 py-1.5">
            {bulkId === null ? (
              <span className="text-muted">{t('run', { number: index + 1, accounts })}</span>
            ) : (
              <Link
                href={`/bulk-mutes/${bulkId}`}
                prefetch={false}
                className="text-accent-text hover:underline"
              >
                {t('run', { number: index + 1, accounts })}
              </Link>
            )}
            <span className="flex items-center gap-1 text-sm text-muted">
              {bulkId !== null && <CircleCheck aria-hidden className="size-4 text-success-text" />}
              {bulkId === null && isSending && index === made && (
                <LoaderCircle aria-hidden className="size-4 animate-spin motion-reduce:animate-none" />
              )}
              {t(bulkId === null ? 'waiting' : 'there')}
            </span>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        {isMade && first && (
          <Link href={`/bulk-mutes/${first}`} prefetch={false} className={buttonClass('primary')}>
            {t('openFirst')}
          </Link>
        )}
        {!isMade && (
          <Button variant="primary" isBusy={isSending} onClick={onGoOn}>
            {t('goOn')}
          </Button>
        )}
        {!isSending && (
          <Button variant="ghost" onClick={onClear}>
            {t('another')}
          </Button>
        )}
      </div>
    </section>
  )
}
