'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { ListPlus, ListX, SearchX } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, Select } from '@/components/ui/field'
import { Skeleton } from '@/components/ui/skeleton'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import { bulkStatuses } from '@/lib/bulk-mutes/rules'
import { ReadError } from '@/lib/read'
import { RunRow } from './run-row'

const columns = ['what', 'where', 'who', 'status'] as const

/** All runs, newest first, narrowed by the status in the address; those that move are kept up to date. */
export function RunList({ mayMake }: { mayMake: boolean }) {
  const t = useTranslations('bulkMutes')
  const [status, setStatus] = useQueryState('status', parseAsStringLiteral(bulkStatuses))
  const query = useInfiniteQuery(bulkMuteQueries.list(status ?? undefined))
  const runs = query.data?.pages.flatMap((page) => page.runs) ?? []
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-xl">{t('list.title')}</h1>
        {mayMake && (
          <Link href="/bulk-mutes/new" prefetch={false} className={buttonClass('primary')}>
            <ListPlus aria-hidden className="size-4" />
            {t('list.new')}
          </Link>
        )}
      </div>
      <Field label={t('list.status')} className="max-w-60">
        <Select
          value={status ?? ''}
          onChange={(event) =>
            void setStatus(bulkStatuses.find((known) => known === event.target.value) ?? null)
          }
        >
          <option value="">{t('list.any')}</option>
          {bulkStatuses.map((known) => (
            <option key={known} value={known}>
              {t(`statuses.${known}`)}
            </option>
          ))}
        </Select>
      </Field>
      {query.isPending && <Skeleton lines={9} />}
      {query.error instanceof ReadError && (
        <ActionErrorPanel
          error={query.error.error}
          isRead
          actions={<Button onClick={() => void query.refetch()}>{t('retryRead')}</Button>}
        />
      )}
      {query.data && runs.length === 0 && (
        <EmptyState
          icon={status ? <SearchX aria-hidden /> : <ListX aria-hidden />}
          title={status ? t('list.noMatch') : t('list.empty')}
        >
          {!status && t('list.emptyAdvice')}
        </EmptyState>
      )}
      {runs.length > 0 && (
        <table
          aria-label={t('list.title')}
          className="w-full overflow-hidden rounded-panel border border-line bg-surface max-md:block md:table-fixed"
        >
          <thead className="max-md:sr-only">
            <tr className="border-b border-line text-start text-sm text-muted">
              {columns.map((column) => (
                <th key={column} scope="col" className="px-3 py-2 text-start font-medium">
                  {t(`list.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line max-md:block">
            {runs.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </tbody>
        </table>
      )}
      {query.hasNextPage && (
        <Button
          className="self-start"
          isBusy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('list.more')}
        </Button>
      )}
    </div>
  )
}
