'use client'

import { useTranslations } from 'next-intl'
import { Fragment, lazy, Suspense, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import type { ReportDto, TranscriptDto } from '@/lib/reports/case-schemas'
import { Panel } from './panel'
import { TranscriptHistory } from './transcript-history'
import { TranscriptMessage } from './transcript-message'
import { firstWindow, shownStep } from './transcript-window'
import { TranslationsContext } from './translate/context'
import { TranslatePlace } from './translate/translate-place'
import type { Translations } from './translate/translations'
import { useKept } from './use-kept'

const TranscriptGap = lazy(async () => ({ default: (await import('./rare-parts')).TranscriptGap }))
const TranslatePacks = lazy(async () => ({
  default: (await import('./translate/translate-packs')).TranslatePacks,
}))

type TranscriptProps = {
  caseId: string
  first: TranscriptDto
  reports: readonly ReportDto[]
  /** whether this moderator may read on at the provider */
  canWork: boolean
  serverNow: number
}

/** The conversation as it was kept, around the first message that was reported; the rest, kept or not, on demand. */
export function Transcript({ caseId, first, reports, canWork, serverNow }: TranscriptProps) {
  const t = useTranslations('reports.case.transcript')
  const intake = useTranslations('reports.intake')
  const { messages, hasMore, error, isFetching, readMore } = useKept(caseId, first)
  const [chosen, setRange] = useState<ReturnType<typeof firstWindow> | null>(null)
  // Kept from the first messages on, which may come only after the page: what is shown does not move by itself.
  if (chosen === null && messages.length > 0) setRange(firstWindow(messages))
  const range = chosen ?? firstWindow(messages)
  const [translations, setTranslations] = useState<Translations | null>(null)
  const shown = messages.slice(range.from, range.to)
  const later = messages.length - range.to
  const troubles = [...new Set(reports.flatMap(({ evidenceWhy }) => evidenceWhy ?? []))]
  const beyond = {
    ...{ caseId, serverNow },
    isAll: messages.length === 0,
    kept: new Set(messages.map(({ messageId }) => messageId)),
  }
  const isPending = reports.some(({ evidence }) => evidence === 'pending')
  return (
    <Panel title={t('title')}>
      <div className="flex min-h-control flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">{t('what')}</p>
        <TranslatePlace translations={translations} onChange={setTranslations} />
      </div>
      {translations && (
        <Suspense>
          <p className="text-sm text-muted">{t('translate.what')}</p>
          <TranslatePacks translations={translations} />
        </Suspense>
      )}
      {isPending && <p className="text-sm">{intake('evidence.pending')}</p>}
      {troubles.map((why) => (
        <p key={why} className="text-sm text-warning-text">
          {intake(`evidenceWhy.${why}`)}
        </p>
      ))}
      {messages.length === 0 && <p>{t('empty')}</p>}
      {range.from > 0 && (
        <Button
          className="self-start"
          onClick={() => setRange({ ...range, from: Math.max(0, range.from - shownStep) })}
        >
          {t('earlier', { count: Math.min(shownStep, range.from) })}
        </Button>
      )}
      <TranslationsContext value={translations}>
        {canWork && range.from === 0 && <TranscriptHistory {...beyond} direction="older" />}
        <ol className="flex flex-col gap-1.5">
          {shown.map((message, index) => (
            <Fragment key={message.messageId}>
              {message.isAfterGap && (
                <Suspense>
                  <TranscriptGap
                    before={messages[range.from + index - 1]}
                    after={message}
                    serverNow={serverNow}
                  />
                </Suspense>
              )}
              <TranscriptMessage message={message} caseId={caseId} serverNow={serverNow} />
            </Fragment>
          ))}
        </ol>
        {error && <ActionErrorPanel error={error} isRead />}
        {(later > 0 || hasMore) && (
          <Button
            className="self-start"
            isBusy={later <= 0 && isFetching}
            onClick={() => {
              if (later <= 0) readMore()
              setRange({ ...range, to: Math.min(range.to, messages.length) + shownStep })
            }}
          >
            {t('later', { count: later > 0 ? Math.min(shownStep, later) : shownStep })}
          </Button>
        )}
        {canWork && later <= 0 && !hasMore && messages.length > 0 && (
          <TranscriptHistory {...beyond} direction="newer" />
        )}
      </TranslationsContext>
    </Panel>
  )
}
