'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { UsersRound } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useId, useRef } from 'react'
import { SelectionBar } from '@/components/bulk-mutes/selection-bar'
import { listOf, useHandOver } from '@/components/bulk-mutes/use-hand-over'
import { useSelection } from '@/components/bulk-mutes/use-selection'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { useAddressParam } from '@/components/shell/use-address-param'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice'
import { EmptyState } from '@/components/ui/empty-state'
import { Skeleton } from '@/components/ui/skeleton'
import type { GroupKey } from '@/lib/groups/schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import type { GroupCapabilities } from '@/lib/provider/port'
import { ReadError } from '@/lib/read'
import { MemberFinder } from './member-finder'
import { MemberRow } from './member-row'
import { useRowWindow } from './use-row-window'

const rowHeight = 56
/** Rows that are kept ready beyond the edge of what is in sight; also how near the end the next page is asked for. */
const overscan = 12

type MemberListProps = {
  groupKey: GroupKey
  topicId: string | undefined
  can: GroupCapabilities | null
  ownerId: string | null
  /** how many members the group has; null: not known */
  memberCount: number | null
  selected: string | null
  onSelect(userId: string | null): void
  /** whoever may mute several at once; null: not this moderator, or not in this group */
  bulkActorId: string | null
  /** as lists of its members call the group */
  name: string
}

/** The members, page by page as one scrolls, each with its mute; only what is in sight is in the document. */
export function MemberList(props: MemberListProps) {
  const { groupKey, topicId, can, ownerId, memberCount, selected, onSelect, bulkActorId, name } = props
  const t = useTranslations('groups.list')
  const selections = useTranslations('bulkCollect.selection')
  const format = useFormatter()
  const titleId = useId()
  const [muted, setMuted] = useAddressParam('muted', 'replace')
  const wantsMuted = muted === 'true'
  // Where members cannot be listed, those who are muted still can.
  const isMutedOnly = wantsMuted || can?.canListMembers === false
  const members = useInfiniteQuery(
    muteQueries.members({
      ...groupKey,
      ...(topicId === undefined ? {} : { topicId }),
      ...(isMutedOnly ? { only: 'muted' as const } : {}),
    }),
  )
  // What is below it shall not jump when they come.
  const fillsScreen = (memberCount ?? 0) * rowHeight > 1_000
  const rows = members.data?.pages.flatMap((page) => page.members) ?? []
  const serverNow = members.data?.pages.at(-1)?.serverNow ?? 0
  const total = members.data?.pages[0]?.total ?? null
  const scroller = useRef<HTMLDivElement>(null)
  const selection = useSelection(scroller, bulkActorId === null ? [] : rows.map(({ userId }) => userId))
  const handOver = useHandOver(bulkActorId ?? '')
  const shown = useRowWindow(scroller, { count: rows.length, rowHeight, overscan })
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = members
  const wantsMore = hasNextPage && !isFetchingNextPage && !isError && shown.end > rows.length - overscan
  useEffect(() => {
    if (wantsMore) void fetchNextPage()
  }, [wantsMore, fetchNextPage])

  return (
    <section aria-labelledby={titleId} className="flex flex-col rounded-panel border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line px-3 py-2">
        <h2 id={titleId} className="text-lg">
          {isMutedOnly ? t('mutedTitle') : t('title')}
          {total !== null && (
            <span className="ms-2 text-sm font-normal text-muted tabular-nums">{format.number(total)}</span>
          )}
        </h2>
        {can?.canListMembers !== false && (
          <Checkbox
            label={t('mutedOnly')}
            checked={wantsMuted}
            onChange={(event) => setMuted(event.target.checked ? 'true' : null)}
          />
        )}
        <MemberFinder selected={selected} onSelect={onSelect} />
        {bulkActorId !== null && rows.length > 0 && (
          <Checkbox
            label={selections('all', { count: rows.length })}
            checked={selection.isAll}
            onChange={(event) => selection.setAll(event.target.checked)}
          />
        )}
      </div>
      {can?.canListMembers === false && <p className="px-3 py-2 text-sm text-muted">{t('cannotList')}</p>}
      {can?.memberMute?.isReadable === false && (
        <p className="px-3 py-2 text-sm text-muted">{t('notReadable')}</p>
      )}
      {members.isPending && (
        <Skeleton lines={9} className={clsx('p-3', fillsScreen && !isMutedOnly && 'h-[70dvh]')} />
      )}
      {members.error instanceof ReadError && (
        <div className="p-3">
          <ActionErrorPanel
            error={members.error.error}
            isRead
            actions={
              <Button isBusy={members.isFetching} onClick={() => void members.refetch()}>
                {t('retry')}
              </Button>
            }
          />
        </div>
      )}
      {members.data && rows.length === 0 && (
        <EmptyState icon={<UsersRound aria-hidden />} title={isMutedOnly ? t('nobodyMuted') : t('nobody')} />
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: no fieldset; and a region would be a second one of this name.
        <div
          ref={scroller}
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard.
          tabIndex={0}
          aria-labelledby={titleId}
          className="@container max-h-[70dvh] overflow-auto -outline-offset-2!"
        >
          <ul
            className="relative"
            ref={(list) => {
              if (list) list.style.height = `${rows.length * rowHeight}px`
            }}
          >
            {rows.slice(shown.start, shown.end).map((member, shownAt) => {
              const index = shown.start + shownAt
              return (
                <MemberRow
                  // After a new reading the focus stays with its member.
                  key={member.userId}
                  member={member}
                  place={{
                    start: index * rowHeight,
                    index,
                    count: total ?? (hasNextPage ? -1 : rows.length),
                  }}
                  serverNow={serverNow}
                  isOwner={member.userId === ownerId}
                  isSelected={member.userId === selected}
                  onSelect={() => onSelect(member.userId)}
                  onEnd={() => void members.refetch()}
                  selection={bulkActorId === null ? null : selection}
                />
              )
            })}
          </ul>
        </div>
      )}
      <SelectionBar
        count={selection.selected.length}
        onClear={selection.clear}
        onBulk={(kind) =>
          handOver({
            kind,
            connection: groupKey.connection,
            place: { in: 'group', groupId: groupKey.groupId, topicId: topicId ?? '' },
            lists: [listOf('selection', name, selection.selected)],
          })
        }
      />
    </section>
  )
}
