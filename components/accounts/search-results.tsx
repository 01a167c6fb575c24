'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { SelectionBar } from '@/components/bulk-mutes/selection-bar'
import { useConnectionSelection } from '@/components/bulk-mutes/use-connection-selection'
import { listOf, useHandOver } from '@/components/bulk-mutes/use-hand-over'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { useHydrated } from '@/components/ui/use-hydrated'
import { parseQuery } from '@/lib/accounts/parse-query'
import type { AccountDto } from '@/lib/accounts/schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import { accountRef, maxCheckedAccounts } from '@/lib/mutes/rules'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { readErrorOf } from '@/lib/read'
import { AccountRow } from './account-row'
import { searchBoxId } from './search-box'
import {
  ConnectionFailures,
  InvalidIds,
  MissingIds,
  MoreMatches,
  NoMatch,
  TooLong,
  TooMany,
} from './search-notices'
import { useSearch } from './search-provider'
import { SearchStart } from './search-start'
import { keepOrder, readSearchText } from './search-text'

type ConnectionChoice = AccountDto['connection']

type SearchResultsProps = {
  connections: readonly ConnectionChoice[]
  /** whoever may mute several at once; null: not this moderator */
  bulkActorId: string | null
}

/** What a search found, kept in order and within reach of the arrow keys; or in words why there is nothing. */
export function SearchResults({ connections, bulkActorId }: SearchResultsProps) {
  const t = useTranslations('accounts.search')
  const selections = useTranslations('bulkCollect.selection')
  const { q, text, submit, wantsResults, setWantsResults } = useSearch()
  const [connection] = useQueryState('connection', parseAsString)
  const search = muteQueries.search({ q, ...(connection ? { connection } : {}) })
  const isReady = readSearchText(q).kind === 'ready'
  const {
    data,
    error,
    isFetching: isReading,
    isPlaceholderData,
    refetch,
  } = useQuery({
    ...search,
    // The server would refuse the rest; the box says why.
    enabled: isReady,
    placeholderData: isReady ? keepPreviousData : undefined,
  })
  const isFetching = useHydrated() && isReading
  const list = useRef<HTMLDivElement>(null)
  const isSettled = data !== undefined && !isPlaceholderData
  const rows = useKeptOrder(search.queryKey.join('\n'), isSettled, data?.results ?? [])

  const selection = useConnectionSelection(
    list,
    (bulkActorId === null ? [] : rows).map((account) => ({
      key: refOf(account),
      connection: account.connection.key,
    })),
  )
  const handOver = useHandOver(bulkActorId ?? '')

  // Names are found in the directory, which knows nothing of mutes: their providers are asked once the names are there.
  const isKnown = (account: AccountDto) =>
    account.exists !== null || isFresh(data?.states[refOf(account)], data?.serverNow ?? 0)
  const unchecked = isSettled ? data.results.filter((account) => !isKnown(account)) : []
  const checks = useQuery(
    muteQueries.checks(
      unchecked
        .slice(0, maxCheckedAccounts)
        .map(({ connection: { key }, userId }) => ({ connection: key, userId })),
    ),
  )

  const queryClient = useQueryClient()
  const readAgain = () =>
    queryClient.invalidateQueries({ queryKey: muteQueries.searches() }, { cancelRefetch: false })

  function move(step: number) {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-result]') ?? [])]
    const next = links.findIndex((link) => link.matches(':focus')) + step
    const target = next < 0 ? document.getElementById(searchBoxId) : links[Math.min(next, links.length - 1)]
    target?.focus()
  }
  useEffect(() => {
    if (!wantsResults || !(isSettled || error)) return
    setWantsResults(false)
    list.current?.querySelector<HTMLElement>('[data-result]')?.focus()
  }, [wantsResults, isSettled, error, setWantsResults])
  useShortcut({ key: 'j', label: t('next'), run: () => move(1), when: rows.length > 0 })
  useShortcut({ key: 'k', label: t('previous'), run: () => move(-1), when: rows.length > 0 })

  function onKeyDown(event: KeyboardEvent) {
    const { key, ctrlKey, metaKey, altKey } = event
    if (ctrlKey || metaKey || altKey) return
    if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === 'Escape') document.getElementById(searchBoxId)?.focus()
    else return
    event.preventDefault()
  }

  const connectionName = () => connections.find(({ key }) => key === selection.connection)?.name ?? ''

  if (text.kind === 'too_many') return <TooMany count={text.count} onFirst={() => submit(text.first)} />
  if (text.kind === 'too_long') return <TooLong />
  if (!isReady) return <SearchStart />
  const retry = (
    <Button onClick={() => refetch()} isBusy={isFetching}>
      {t('retry')}
    </Button>
  )
  if (error && !isSettled) return <ActionErrorPanel error={readErrorOf(error)} isRead actions={retry} />
  if (!data) return <Skeleton lines={6} />

  const { missing, invalid, failures, hasMore, states, serverNow } = data
  const isOne = missing.length <= 1 && parseQuery(q).text !== null
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="flex min-h-5 items-center gap-2 text-sm text-muted">
        {isPlaceholderData ? t('searching') : t('found', { count: rows.length })}
        {isFetching && (
          <LoaderCircle aria-hidden className="size-3.5 animate-late motion-safe:animate-spin" />
        )}
      </p>
      {error && <ActionErrorPanel error={readErrorOf(error)} isRead actions={retry} />}
      <ConnectionFailures
        failures={failures}
        stillWorks={t('failure.stillWorks')}
        connections={connections}
        onRetry={() => refetch()}
        isBusy={isFetching}
      />
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys only move between the links inside.
        <div ref={list} onKeyDown={onKeyDown} aria-busy={isPlaceholderData}>
          <ul
            aria-label={t('results')}
            className={clsx(
              'divide-y divide-line overflow-hidden rounded-panel border border-line bg-surface',
              isPlaceholderData && 'opacity-75',
            )}
          >
            {rows.map((account) => {
              const ref = refOf(account)
              return (
                <AccountRow
                  key={ref}
                  account={account}
                  states={checks.data?.states[ref] ?? states[ref] ?? []}
                  serverNow={serverNow}
                  onEnd={readAgain}
                  selection={bulkActorId === null ? null : selection}
                />
              )
            })}
          </ul>
        </div>
      )}
      <SelectionBar
        count={selection.selected.length}
        note={connections.length > 1 ? selections('otherConnection', { name: connectionName() }) : undefined}
        onClear={selection.clear}
        onBulk={(kind) => {
          const chosen = rows.filter((account) => selection.selected.includes(refOf(account)))
          const userIds = chosen.map(({ userId }) => userId)
          handOver({
            kind,
            connection: selection.connection ?? '',
            lists: [listOf('selection', selections('from.search'), userIds)],
          })
        }}
      />
      {hasMore && <MoreMatches count={rows.length} />}
      {isOne && rows.length === 0 && failures.length === 0 && !isPlaceholderData && (
        <NoMatch q={q.trim()} isId={missing.length > 0} />
      )}
      {!isOne && <MissingIds ids={missing} />}
      <InvalidIds entries={invalid} />
    </div>
  )
}

/** How long what a provider said is good enough for a list, ms. */
const freshMs = 60_000

function isFresh(states: readonly MuteStateDto[] | undefined, now: number): boolean {
  return states?.every(({ checkedAt }) => checkedAt !== null && now - checkedAt < freshMs) ?? false
}

function refOf({ connection, userId }: AccountDto): string {
  return accountRef({ connection: connection.key, userId })
}

/** The results in the order in which this search has shown them so far. */
function useKeptOrder(search: string, isSettled: boolean, results: readonly AccountDto[]): AccountDto[] {
  const [kept, setKept] = useState<{ search: string; refs: string[] }>({ search: '', refs: [] })
  const refs = results.map(refOf)
  const isSame = !isSettled || kept.search === search
  const order = keepOrder(isSame ? kept.refs : [], refs)
  if (isSettled && (!isSame || order.join('\n') !== kept.refs.join('\n'))) setKept({ search, refs: order })
  const byRef = new Map(results.map((account) => [refOf(account), account]))
  return order.flatMap((ref) => byRef.get(ref) ?? [])
}
