'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { ReadError } from '@/lib/read'
import { reportQueries } from '@/lib/reports/query-options'
import type { TranscriptHistoryProps } from './transcript-history'
import { TranscriptMessage } from './transcript-message'

/** What the provider has before or after the kept messages, marked as not kept; begins to read at once. */
export function ReadHistory({ caseId, direction, isAll, kept, serverNow }: TranscriptHistoryProps) {
  const t = useTranslations('reports.case.transcript.history')
  const { data, error, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    reportQueries.history(caseId, direction),
  )
  const parts = data?.pages ?? []
  const last = parts.at(-1)
  const messages = (direction === 'older' ? parts.toReversed() : parts).flatMap((part) =>
    part.messages.flatMap((message) =>
      kept.has(message.messageId) ? [] : [{ message, readAt: part.readAt }],
    ),
  )
  const button = (!last || hasNextPage) && (
    <Button
      // In place of the one that was pressed.
      autoFocus
      className="self-start"
      isBusy={isFetching}
      onClick={() => {
        if (last) void fetchNextPage()
        else void refetch()
      }}
    >
      {last ? t(`more.${direction}`) : isAll ? t('all') : t(`begin.${direction}`)}
    </Button>
  )
  const said = (
    <div role="status" className="flex flex-col gap-1 text-sm text-muted">
      {last?.why && <p className="text-warning-text">{t(`why.${last.why}`)}</p>}
      {last?.viewOf && <p>{t('view', { name: safePlain(last.viewOf, 32) })}</p>}
      {last && !last.why && last.next === null && <p>{t(`end.${direction}`)}</p>}
      {last?.next && last.messages.length === 0 && <p>{t('far')}</p>}
    </div>
  )
  const isOlder = direction === 'older'
  return (
    <>
      {isOlder && button}
      {isOlder && said}
      {error instanceof ReadError && <ActionErrorPanel error={error.error} isRead />}
      {messages.length > 0 && (
        <ol aria-label={t(`list.${direction}`)} className="flex flex-col gap-1.5">
          {messages.map(({ message, readAt }) => (
            <TranscriptMessage
              key={message.messageId}
              message={{ ...message, isReported: false, goneAt: null }}
              readAt={readAt}
              serverNow={Math.max(serverNow, readAt)}
            />
          ))}
        </ol>
      )}
      {!isOlder && said}
      {!isOlder && button}
    </>
  )
}
