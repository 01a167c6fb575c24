'use client'

import { useQuery } from '@tanstack/react-query'
import { MessagesSquare, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ConnectionFailures } from '@/components/accounts/search-notices'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { safePlain } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import { groupQueries } from '@/lib/groups/query-options'
import type { FindGroupsDto, FindGroupsInput, GroupDto } from '@/lib/groups/schemas'
import { ReadError } from '@/lib/read'
import { GroupRow } from './group-row'
import { SyncProgress } from './sync-progress'

/** How often the progress of a list that is under way is read, in ms. */
const progressMs = 2_000

type GroupListProps = {
  asked: FindGroupsInput
  connections: readonly GroupDto['connection'][]
}

/** The groups that were asked for, or in words why there are none; above them how complete the directory is. */
export function GroupList({ asked, connections }: GroupListProps) {
  const t = useTranslations('groups')
  const { data, error, isFetching, refetch } = useQuery({
    ...groupQueries.find(asked),
    refetchInterval: ({ state }) => (isListing(state.data) ? progressMs : false),
  })
  if (!data) {
    if (!(error instanceof ReadError)) return <Skeleton lines={6} />
    return (
      <ActionErrorPanel
        error={error.error}
        isRead
        actions={
          <Button onClick={() => void refetch()} isBusy={isFetching}>
            {t('retry')}
          </Button>
        }
      />
    )
  }
  const { groups, hasMore, failures, syncs } = data
  return (
    <div className="flex flex-col gap-3">
      <SyncProgress syncs={syncs} />
      <ConnectionFailures
        failures={failures}
        stillWorks={t('stillWorks')}
        connections={connections}
        onRetry={() => void refetch()}
        isBusy={isFetching}
      />
      {groups.length > 0 && (
        <ul
          aria-label={t('label')}
          className="divide-y divide-line rounded-panel border border-line bg-surface"
        >
          {groups.map((group) => (
            <GroupRow key={`${group.connection.key}/${group.groupId}`} group={group} />
          ))}
        </ul>
      )}
      {groups.length === 0 && (
        <NoGroups q={asked.q ?? ''} isListing={isListing(data)} isUnasked={failures.length > 0} />
      )}
      {hasMore && <p className="text-sm text-muted">{t('more', { count: groups.length })}</p>}
    </div>
  )
}

type NoGroupsProps = {
  q: string
  isListing: boolean
  /** not every provider could be asked for it */
  isUnasked: boolean
}

function NoGroups({ q, isListing: isStillListing, isUnasked }: NoGroupsProps) {
  const t = useTranslations('groups')
  if (q.trim() === '') {
    return (
      <EmptyState icon={<MessagesSquare aria-hidden />} title={t('empty.title')}>
        {isStillListing ? t('empty.listing') : t('empty.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<SearchX aria-hidden />} title={t('noMatch.title', { q: safePlain(q, 40) })}>
      {isUnasked ? t('noMatch.unasked') : isStillListing ? t('noMatch.listing') : t('noMatch.text')}
    </EmptyState>
  )
}

function isListing(data: FindGroupsDto | undefined): boolean {
  return data?.syncs.some(({ status }) => status !== 'done') ?? false
}
