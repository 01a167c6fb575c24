'use client'

import { useQuery } from '@tanstack/react-query'
import { MessagesSquare } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useServerClock } from '@/components/ui/clock'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { SafeText } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import { RemainingTime } from '@/components/ui/time'
import type { AccountKey } from '@/lib/accounts/schemas'
import { inForce } from '@/lib/mutes/ends'
import type { AccountGroupDto } from '@/lib/mutes/joined-schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import type { ProviderName } from '@/lib/provider/port'
import { encodePath, ReadError } from '@/lib/read'
import { ActionErrorPanel } from './action-error-panel'
import { FailureText, failureCode } from './failure-text'
import { StateBadge } from './state-badge'
import { stateKind } from './state-kind'
import { accountOf, type MuteSubject } from './subject'

/** In how many groups an account has a mute of its own now, as far as its groups are known; 0 for a place in a group. */
export function useMutedGroups({ place }: MuteSubject, serverNow: number): number {
  const account = accountOf(place)
  const { data } = useQuery({
    ...muteQueries.joined(account ?? { connection: '', userId: '' }),
    enabled: account !== null,
  })
  const groups = data?.groups ?? []
  return useServerClock(
    serverNow,
    (now) => groups.filter(({ state }) => inForce(state.until, now) !== null).length,
  )
}

type AccountGroupsProps = { account: AccountKey; provider: ProviderName }

/** The groups that an account is in now, those where it is muted first; each leads to the account in that group. */
export function AccountGroups({ account, provider }: AccountGroupsProps) {
  const t = useTranslations('mutes.joined')
  const titleId = useId()
  const { data, error, isFetching, refetch } = useQuery(muteQueries.joined(account))
  const retry = (
    <Button isBusy={isFetching} onClick={() => void refetch()}>
      {t('retry')}
    </Button>
  )
  return (
    <section aria-labelledby={titleId} className="rounded-panel border border-line bg-surface">
      <h2 id={titleId} className="border-b border-line px-4 py-3 text-lg">
        {t('title')}
        {data && !data.failure && (
          <span className="ms-2 text-sm font-normal text-muted tabular-nums">{data.groups.length}</span>
        )}
      </h2>
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
      {data && !data.failure && data.groups.length === 0 && (
        <EmptyState icon={<MessagesSquare aria-hidden />} title={t('empty')} />
      )}
      {data && data.groups.length > 0 && (
        <ul className="max-h-96 divide-y divide-line overflow-y-auto">
          {data.groups.map((group) => (
            <JoinedGroup
              key={group.groupId}
              account={account}
              group={group}
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

type JoinedGroupProps = { account: AccountKey; group: AccountGroupDto; serverNow: number; onEnd(): void }

function JoinedGroup({ account, group, serverNow, onEnd }: JoinedGroupProps) {
  const types = useTranslations('groups.types')
  const { groupId, name, type, state } = group
  const kind = useServerClock(serverNow, (now) => stateKind(state, now))
  const isQuiet = kind === 'none' || kind === 'untold' || kind === 'ended' || isUnread(group)
  return (
    <li
      data-group-id={groupId}
      data-state={kind}
      className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-sunken has-focus-visible:bg-accent-soft"
    >
      <Link
        href={`/groups${encodePath(account.connection, groupId)}?${new URLSearchParams({ member: account.userId })}`}
        // Hundreds of rows would be hundreds of requests.
        prefetch={false}
        className="min-w-0 flex-1 outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      >
        <span className="block truncate font-medium">
          <SafeText text={name ?? ''} />
        </span>{' '}
        <bdi dir="ltr" className="block truncate font-mono text-sm whitespace-pre text-muted">
          {groupId}
        </bdi>
      </Link>
      {!isQuiet && (
        <span className="flex items-center gap-1.5 text-sm">
          <StateBadge kind={kind} />
          {state.until !== null && (
            <RemainingTime until={state.until} serverNow={serverNow} onEnd={onEnd} className="tabular-nums" />
          )}
        </span>
      )}
      {type && <Badge>{types(type)}</Badge>}
    </li>
  )
}

/** Nobody has looked at the account in this group yet, which is no cause for alarm. */
function isUnread({ state }: AccountGroupDto): boolean {
  return state.until === null && !state.pending && state.checkedAt === null
}
