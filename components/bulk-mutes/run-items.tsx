'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { type ChangeEvent, type UIEvent, useId, useMemo, useRef, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { RadioChips } from '@/components/ui/choice'
import { useServerNow } from '@/components/ui/clock'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import { isMoving } from '@/lib/bulk-mutes/active-query'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import { forecasts } from '@/lib/bulk-mutes/rules'
import type { BulkItemDto, BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { ReadError } from '@/lib/read'
import { RunItemRow } from './run-item-row'
import { byNeed, choiceOf, isStarted, itemName, itemsVersion, stateOrder } from './run-model'

/** So many rows stand in the document at first, and so many more whenever the end comes near. */
const rowsAtOnce = 100
const movingMs = 2_000

const filters = [...new Set([...forecasts, ...stateOrder])]

type RunItemsProps = {
  run: BulkMuteDto
  /** what is chosen, by `choiceOf`; absent: nothing can be */
  choice?: { chosen: ReadonlySet<string>; onChoose(choices: readonly string[], isChosen: boolean): void }
}

/** A run's accounts, narrowed by the counters above them; the first ones, and as many more as are scrolled to. */
export function RunItems({ run, choice }: RunItemsProps) {
  const t = useTranslations('bulkMutes')
  const titleId = useId()
  const [show, setShow] = useQueryState('show', parseAsStringLiteral(filters))
  const now = useServerNow(run.serverNow, 'minute')
  const isResult = isStarted(run)
  const query = useQuery({
    ...bulkMuteQueries.items(run.id, itemsVersion(run)),
    refetchInterval: isMoving(run) ? movingMs : false,
  })
  const counters = countersOf(run, isResult)
  const shown = counters.find(({ name }) => name === show)?.name ?? null
  const all = query.data?.items ?? []
  const narrowed =
    shown === null ? all : all.filter((item) => (isResult ? item.state : item.forecast) === shown)
  // While it runs rows stay where they are, under whoever reads them.
  const isOver = run.status === 'done' || run.status === 'cancelled'
  const rows = isOver ? byNeed(narrowed) : narrowed
  const [most, setMost] = useState(rowsAtOnce)
  const lastChosen = useRef<number | null>(null)
  const { connection, groupId, topicId } = run
  // The run is another object with each reading: rows are drawn anew only where something of theirs has changed.
  const place = useMemo(() => ({ connection, groupId, topicId }), [connection, groupId, topicId])

  function showMore({ currentTarget }: UIEvent<HTMLElement>) {
    const { scrollHeight, scrollTop, clientHeight } = currentTarget
    if (most < rows.length && scrollHeight - scrollTop < 3 * clientHeight) setMost(most + rowsAtOnce)
  }

  /** With Shift, all that can be chosen from the one before to this one. */
  function choose({ target, nativeEvent }: ChangeEvent<HTMLInputElement>) {
    const index = rows.findIndex((row) => itemName(row) === target.value)
    const isRange = 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true
    const from = isRange ? (lastChosen.current ?? index) : index
    lastChosen.current = index
    const range = rows.slice(Math.min(from, index), Math.max(from, index) + 1)
    choice?.onChoose(range.filter(isChoosable).map(choiceOf), target.checked)
  }

  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-2">
      <h2 id={titleId} className="text-lg">
        {t(run.userId === null ? 'items.title' : 'inGroups.title')}
      </h2>
      <RadioChips
        legend={<span className="sr-only">{t('items.show')}</span>}
        value={shown ?? 'all'}
        choices={[
          { value: 'all', label: t('items.all', { count: run.total }) },
          ...counters.map(({ name, label, count }) => ({
            value: name,
            label: t('items.counter', { label: label(), count }),
          })),
        ]}
        onChange={(value) => void setShow(filters.find((name) => name === value) ?? null)}
      />
      {query.isPending && <Skeleton lines={9} />}
      {query.error instanceof ReadError && (
        <ActionErrorPanel
          error={query.error.error}
          isRead
          actions={<Button onClick={() => void query.refetch()}>{t('retryRead')}</Button>}
        />
      )}
      {query.data && rows.length === 0 && (
        <EmptyState title={t(run.userId === null ? 'items.none' : 'inGroups.none')} />
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: no fieldset; and a region would be a second one of this name.
        <div
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard.
          tabIndex={0}
          aria-labelledby={titleId}
          onScroll={showMore}
          onChange={choose}
          className="relative max-h-[70dvh] overflow-auto rounded-panel border border-line bg-surface -outline-offset-2!"
        >
          <ul>
            {rows.slice(0, most).map((item, index) => (
              <RunItemRow
                key={itemName(item)}
                place={place}
                item={item}
                isResult={isResult}
                now={now}
                index={index}
                count={rows.length}
                chosen={choice && isChoosable(item) ? choice.chosen.has(choiceOf(item)) : null}
              />
            ))}
          </ul>
        </div>
      )}
    </section>
  )

  function countersOf({ forecasts: byForecast, states }: BulkMuteDto, isOutcome: boolean) {
    const named = isOutcome
      ? stateOrder.map((name) => ({ name, count: states[name], label: () => t(`states.${name}`) }))
      : forecasts.map((name) => ({ name, count: byForecast[name] ?? 0, label: () => t(`reasons.${name}`) }))
    return named.filter(({ count }) => count > 0)
  }
}

/** What failed can be sent again, what took effect can be undone. */
function isChoosable({ state }: BulkItemDto): boolean {
  return state === 'rejected' || state === 'applied'
}
