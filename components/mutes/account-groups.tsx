'use client'

import { useQuery } from '@tanstack/react-query'
import { MessagesSquare } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { serverNow } from '@/components/ui/clock'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Skeleton } from '@/components/ui/skeleton'
import { CheckedAgo } from '@/components/ui/time'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { AccountGroupsDto } from '@/lib/mutes/joined-schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import type { ProviderName } from '@/lib/provider/port'
import { ReadError } from '@/lib/read'
import { ActionErrorPanel } from './action-error-panel'
import { FailureText, failureCode } from './failure-text'
import { JoinedGroup } from './joined-group'
import { isMoving } from './state-kind'

type AccountGroupsProps = { account: AccountKey; provider: ProviderName }

/** The groups that an account is in now, those where it is muted first; each leads to the account in that group. */
export function AccountGroups({ account, provider }: AccountGroupsProps) {
  const t = useTranslations('mutes.joined')
  const titleId = useId()
  const { data, error, isFetching, refetch } = useQuery({
    ...muteQueries.joined(account),
    // Each look costs a call for each group: again only while something is about to change.
    refetchInterval: ({ state }) => isAboutToChange(state.data) && 5_000,
  })
  const rows = data ? rowsOf(data) : []
  const retry = (
    <Button isBusy={isFetching} onClick={() => void refetch()}>
      {t('retry')}
    </Button>
  )
  return (
    <section aria-labelledby={titleId} className="rounded-panel border border-line bg-surface">
      <div className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-4 py-3">
        <h2 id={titleId} className="text-lg">
          {t('title')}
          {data && !data.failure && (
            <span className="ms-2 text-sm font-normal text-muted tabular-nums">{data.groups.length}</span>
          )}
        </h2>
        {data && <Read joined={data} />}
      </div>
      {!data && !error && <Skeleton lines={3} className="p-4" />}
      {error instanceof ReadError && (
        <div className="p-4">
          <ActionErrorPanel error={error.error} isRead actions={retry} />
        </div>
      )}
      {data?.failure && (
        <div className="p-4">
          <ErrorPanel
            role="none"
            effect={null}
            title={t('failed')}
            code={failureCode({ provider, failure: data.failure })}
            actions={retry}
          >
            <FailureText provider={provider} failure={data.failure} />
          </ErrorPanel>
        </div>
      )}
      {data && !data.failure && rows.length === 0 && (
        <EmptyState icon={<MessagesSquare aria-hidden />} title={t('empty')} />
      )}
      {data && rows.length > 0 && (
        // A list that scrolls can be reached by keyboard through its links.
        <ul className="max-h-96 divide-y divide-line overflow-y-auto">
          {rows.map(({ group, isUnlisted }) => (
            <JoinedGroup
              key={`${group.groupId}\n${group.topicId ?? ''}`}
              account={account}
              group={group}
              isUnlisted={isUnlisted}
              serverNow={data.serverNow}
              onEnd={() => void refetch()}
            />
          ))}
        </ul>
      )}
      {data?.hasMore && (
        <p className="border-t border-line px-4 py-2 text-sm text-muted">
          {t('more', { count: data.groups.length })}
        </p>
      )}
    </section>
  )
}

/** The groups, after what is muted elsewhere: a mute that nobody would look for stands first. */
export function rowsOf({ groups, others, hasMore, failure }: AccountGroupsDto) {
  const isComplete = !failure && !hasMore
  const listed = new Set(groups.map(({ groupId }) => groupId))
  return [
    ...others.map((group) => ({ group, isUnlisted: isComplete && !listed.has(group.groupId) })),
    ...groups.map((group) => ({ group, isUnlisted: false })),
  ]
}

function isAboutToChange(joined: AccountGroupsDto | undefined): boolean {
  if (!joined) return false
  const states = [...joined.groups, ...joined.others].map(({ state }) => state)
  return isMoving(states, serverNow() ?? joined.serverNow)
}

/** How old the knowledge of the mutes is, or in how many of the places they could not be read. */
function Read({ joined }: { joined: AccountGroupsDto }) {
  const t = useTranslations('mutes.joined')
  const told = [...joined.groups, ...joined.others].filter(({ state }) => !state.isUntold)
  const unread = told.filter(({ isRead }) => !isRead).length
  const readAt = told.flatMap(({ state: { checkedAt } }) => (checkedAt === null ? [] : [checkedAt]))
  if (unread > 0) {
    return <p className="text-sm text-warning-text sm:ms-auto">{t('unread', { count: unread })}</p>
  }
  if (readAt.length === 0) return null
  return (
    <p className="text-sm text-muted sm:ms-auto">
      <CheckedAgo at={Math.min(...readAt)} serverNow={joined.serverNow} />
    </p>
  )
}
