'use client'

import { MicOff } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { useServerClock } from '@/components/ui/clock'
import { SafeText } from '@/components/ui/safe-text'
import { CheckedAgo, RemainingTime } from '@/components/ui/time'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { AccountGroupDto } from '@/lib/mutes/joined-schemas'
import { encodePath } from '@/lib/read'
import { StateBadge } from './state-badge'
import { stateKind } from './state-kind'

type JoinedGroupProps = {
  account: AccountKey
  group: AccountGroupDto
  serverNow: number
  /** the provider does not name the group among those that the account is in */
  isUnlisted?: boolean
  onEnd(): void
}

/** One group or topic of an account, with the mute there; it leads to the account at that place. */
export function JoinedGroup({ account, group, serverNow, isUnlisted = false, onEnd }: JoinedGroupProps) {
  const t = useTranslations('mutes.joined')
  const types = useTranslations('groups.types')
  const above = useTranslations('mutes.above')
  const { groupId, topicId, name, type, state } = group
  const kind = useServerClock(serverNow, (now) => stateKind(state, now))
  const isQuiet = kind === 'none' || kind === 'untold' || kind === 'ended' || isUnread(group)
  const query = new URLSearchParams({ member: account.userId, ...(topicId !== null && { topic: topicId }) })
  return (
    <li
      data-group-id={groupId}
      data-topic-id={topicId ?? undefined}
      data-state={kind}
      className="relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 hover:bg-sunken has-focus-visible:bg-accent-soft"
    >
      <Link
        href={`/groups${encodePath(account.connection, groupId)}?${query}`}
        // Hundreds of rows would be hundreds of requests.
        prefetch={false}
        className="min-w-0 flex-1 basis-40 outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      >
        {name !== null && (
          <span className="block truncate font-medium">
            <SafeText text={name} />
          </span>
        )}{' '}
        <bdi dir="ltr" className="block truncate font-mono text-sm whitespace-pre text-muted">
          {topicId ?? groupId}
        </bdi>
      </Link>
      {!isQuiet && (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
          <StateBadge kind={kind} />
          {state.until !== null && (
            <RemainingTime until={state.until} serverNow={serverNow} onEnd={onEnd} className="tabular-nums" />
          )}
          {!state.isUntold && (
            <CheckedAgo at={state.checkedAt} serverNow={serverNow} className="text-muted" />
          )}
        </span>
      )}
      {group.above.map(({ scope, until }) => (
        <Badge key={scope} tone="danger" icon={<MicOff aria-hidden />} data-above={scope}>
          {above(scope)}
          {until !== null && (
            <>
              {' · '}
              <RemainingTime until={until} serverNow={serverNow} onEnd={onEnd} />
            </>
          )}
        </Badge>
      ))}
      {group.above.length > 0 && (
        <CheckedAgo at={oldest(group.above)} serverNow={serverNow} className="text-sm text-muted" />
      )}
      {topicId !== null && <Badge>{t('topic')}</Badge>}
      {isUnlisted && <Badge>{t('unlisted')}</Badge>}
      {type && topicId === null && <Badge>{types(type)}</Badge>}
    </li>
  )
}

/** When the one of these mutes was read that was read longest ago; null: one of them never was. */
function oldest(above: AccountGroupDto['above']): number | null {
  return above.reduce<number | null>(
    (least, { checkedAt }) => (least === null || checkedAt === null ? null : Math.min(least, checkedAt)),
    Number.POSITIVE_INFINITY,
  )
}

/** Nobody has looked at the account in this group yet, which is no cause for alarm. */
function isUnread({ state }: AccountGroupDto): boolean {
  return state.until === null && !state.pending && state.checkedAt === null
}
