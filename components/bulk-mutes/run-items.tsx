'use client'

import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useId, useRef } from 'react'
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
import { byNeed, isStarted, itemName, itemsVersion, stateOrder } from './run-model'

const rowHeight = 62
const overscan = 10
const movingMs = 2_000

const filters = [...new Set([...forecasts, ...stateOrder])]

type RunItemsProps = {
  run: BulkMuteDto
  /** the accounts that are chosen; absent: none can be */
  choice?: { chosen: ReadonlySet<string>; onChoose(names: readonly string[], isChosen: boolean): void }
}

/** A run's accounts, narrowed by the counters above them; only those in sight are in the document. */
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
  const scroller = useRef<HTMLDivElement>(null)
  const lastChosen = useRef<number | null>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    getItemKey: (index) => (rows[index] ? itemName(rows[index]) : index),
  })

  /** With Shift, all that can be chosen from the one before to this one. */
  function choose(index: number, isChosen: boolean, isRange: boolean) {
    const from = isRange ? (lastChosen.current ?? index) : index
    lastChosen.current = index
    const range = rows.slice(Math.min(from, index), Math.max(from, index) + 1)
    choice?.onChoose(range.filter(isChoosable).map(itemName), isChosen)
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
          ref={scroller}
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard.
          tabIndex={0}
          aria-labelledby={titleId}
          className="max-h-[70dvh] overflow-auto rounded-panel border border-line bg-surface -outline-offset-2!"
        >
          <ul
            className="relative"
            ref={(list) => {
              if (list) list.style.height = `${virtualizer.getTotalSize()}px`
            }}
          >
            {virtualizer.getVirtualItems().map(({ key, index, start }) => {
              const item = rows[index]
              return (
                item && (
                  <RunItemRow
                    key={key}
                    run={run}
                    item={item}
                    isResult={isResult}
                    now={now}
                    place={{ index, start, count: rows.length }}
                    measure={virtualizer.measureElement}
                    {...(choice && isChoosable(item)
                      ? {
                          choice: {
                            isChosen: choice.chosen.has(itemName(item)),
                            onChange: (isChosen, isRange) => choose(index, isChosen, isRange),
                          },
                        }
                      : {})}
                  />
                )
              )
            })}
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
