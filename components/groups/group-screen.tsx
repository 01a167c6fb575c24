'use client'

import { useQuery } from '@tanstack/react-query'
import { Unplug, UserX } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { GroupBulk } from '@/components/bulk-mutes/group-bulk'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Mutes } from '@/components/mutes/mutes'
import { subjectIn } from '@/components/mutes/subject'
import { useAddressParam } from '@/components/shell/use-address-param'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { Field, Select } from '@/components/ui/field'
import { safePlain } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import { userIdError } from '@/lib/accounts/rules'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import { groupQueries } from '@/lib/groups/query-options'
import type { GroupKey } from '@/lib/groups/schemas'
import { ReadError } from '@/lib/read'
import type { MutePreset } from '@/lib/settings/rules'
import { GroupHeader } from './group-header'
import { MemberHeading } from './member-heading'
import { MemberList } from './member-list'
import { useMemberPanel } from './use-member-panel'

const NotHere = lazy(async () => ({ default: (await import('./not-here')).NotHere }))

type GroupScreenProps = {
  groupKey: GroupKey
  actor: Pick<Actor, 'id' | 'role'>
  presets: readonly MutePreset[]
}

/** The group page in the browser: who is in it, who is muted there, and the group as a whole. */
export function GroupScreen({ groupKey, actor, presets }: GroupScreenProps) {
  const t = useTranslations('groups')
  const actions = useTranslations('common.actions')
  const fieldErrors = useTranslations('fieldErrors')
  const [topic, setTopic] = useAddressParam('topic', 'replace')
  const [asked, setMember] = useAddressParam('member', 'push')
  const member = asked || null
  const panel = useMemberPanel(member, setMember)
  const { data, error, refetch } = useQuery(groupQueries.view(groupKey))
  if (!data) {
    return error instanceof ReadError ? (
      <ActionErrorPanel
        error={error.error}
        isRead
        actions={<Button onClick={() => void refetch()}>{actions('retry')}</Button>}
      />
    ) : (
      <Skeleton lines={9} />
    )
  }
  const { group, can, topics } = data
  if (data.exists === false) {
    return (
      <EmptyState
        icon={<Unplug aria-hidden />}
        title={t('missing.title', { id: safePlain(groupKey.groupId, 96), connection: group.connection.name })}
        action={
          <Link href="/groups" className={buttonClass()}>
            {t('missing.back')}
          </Link>
        }
      >
        {t('missing.text')}
      </EmptyState>
    )
  }
  const inTopic = topics.find((candidate) => candidate.topicId === topic)
  const topicId = inTopic?.topicId
  const subject = subjectIn(data, inTopic, member)
  const mayBulk = hasPermission(actor.role, 'mutes:bulk') && can?.memberMute !== null
  const name = safePlain(group.name || group.groupId, 60)
  const memberError = member === null ? null : userIdError(member)
  const isPossible = member === null ? can?.everyoneMute : can?.memberMute
  return (
    <div className="mx-auto flex max-w-7xl flex-col gap-4">
      <GroupHeader view={data} />
      {topics.length > 0 && (
        <Field label={t('topic')} className="max-w-full self-start">
          <Select
            value={topicId ?? ''}
            onChange={(event) => setTopic(event.target.value || null)}
            className="w-auto max-w-full"
          >
            <option value="">{t('wholeGroup')}</option>
            {topics.map(({ topicId: id, name }) => (
              <option key={id} value={id}>
                {safePlain(name || id, 60)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {topic && !inTopic ? (
        // Never the whole group in place of the topic that was asked for.
        <EmptyState
          icon={<Unplug aria-hidden />}
          title={t('topicUnknown.title')}
          action={<Button onClick={() => setTopic(null)}>{t('wholeGroup')}</Button>}
        >
          {t('topicUnknown.text')}
        </EmptyState>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)] xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-3">
            {mayBulk && (
              <GroupBulk
                key={topicId ?? ''}
                actorId={actor.id}
                place={{ ...groupKey, ...(topicId === undefined ? {} : { topicId }) }}
                name={name}
                canListMembers={can?.canListMembers !== false}
              />
            )}
            <MemberList
              groupKey={groupKey}
              topicId={topicId}
              can={can}
              ownerId={data.ownerId}
              memberCount={group.memberCount}
              selected={member}
              onSelect={panel.select}
              bulkActorId={mayBulk ? actor.id : null}
              name={name}
            />
          </div>
          <div className="flex min-w-0 flex-col gap-3">
            {member !== null && !memberError && (
              <MemberHeading
                ref={panel.heading}
                account={{ connection: groupKey.connection, userId: member }}
              />
            )}
            {member === null && topicId === undefined && can?.everyoneMute && !can.roleMute && (
              <p className="text-sm text-muted">{t('noRoles')}</p>
            )}
            {memberError ? (
              <EmptyState
                icon={<UserX aria-hidden />}
                title={t('memberInvalid', { id: safePlain(member ?? '', 96) })}
                action={<Button onClick={() => setMember(null)}>{t('wholeGroup')}</Button>}
              >
                {fieldErrors(memberError)}
              </EmptyState>
            ) : isPossible ? (
              <Mutes
                key={JSON.stringify([topicId, member])}
                subject={subject}
                actor={actor}
                presets={presets}
              />
            ) : (
              <Suspense fallback={<Skeleton lines={3} />}>
                <NotHere type={group.type} isMember={member !== null} />
              </Suspense>
            )}
          </div>
        </div>
      )}
    </div>
  )
}
