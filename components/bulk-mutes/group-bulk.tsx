'use client'

import { ListPlus, UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { maxCollected } from '@/lib/bulk-mutes/rules'
import type { PlaceKey } from '@/lib/mutes/place-schemas'
import { useAllMembers } from './use-all-members'
import { listOf, useHandOver } from './use-hand-over'

type GroupBulkProps = {
  actorId: string
  place: Pick<PlaceKey, 'connection' | 'topicId'> & { groupId: string }
  /** as lists call it */
  name: string
  canListMembers: boolean
}

/** From a group to a bulk mute in it: of typed ids, or of all its members. */
export function GroupBulk({ actorId, place, name, canListMembers }: GroupBulkProps) {
  const t = useTranslations('bulkCollect.members')
  const handOver = useHandOver(actorId)
  const go = (userIds: readonly string[]) =>
    handOver({
      connection: place.connection,
      place: { in: 'group', groupId: place.groupId, topicId: place.topicId ?? '' },
      lists: userIds.length > 0 ? [listOf('members', name, userIds)] : [],
    })
  const members = useAllMembers(place, go)
  const { progress } = members
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button icon={<ListPlus aria-hidden className="size-4" />} onClick={() => go([])}>
        {t('byIds')}
      </Button>
      {canListMembers && (
        <Button
          icon={<UsersRound aria-hidden className="size-4" />}
          isBusy={members.isReading}
          onClick={members.read}
        >
          {progress && !members.isReading ? t('goOn') : t('all')}
        </Button>
      )}
      {members.isReading && (
        <Button variant="ghost" onClick={members.cancel}>
          {t('cancel')}
        </Button>
      )}
      <p role="status" className="text-sm text-muted tabular-nums empty:hidden">
        {members.isReading &&
          progress &&
          (progress.total === null
            ? t('reading', { count: progress.count })
            : t('readingOf', { count: progress.count, total: progress.total }))}
      </p>
      {members.isTooMany && (
        <p role="alert" className="w-full text-warning-text">
          {t('tooMany', { max: maxCollected })}
        </p>
      )}
      {members.error && (
        <div className="w-full">
          <ActionErrorPanel error={members.error} isRead />
        </div>
      )}
    </div>
  )
}
