'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { SelectBox } from '@/components/bulk-mutes/select-box'
import type { RowSelection } from '@/components/bulk-mutes/use-selection'
import { StateBadge } from '@/components/mutes/state-badge'
import { stateKind } from '@/components/mutes/state-kind'
import { Badge } from '@/components/ui/badge'
import { useServerClock } from '@/components/ui/clock'
import { SafeText } from '@/components/ui/safe-text'
import { RemainingTime } from '@/components/ui/time'
import type { GroupMemberDto } from '@/lib/mutes/schemas'
import { groupRoles } from '@/lib/provider/port'

type MemberRowProps = {
  member: GroupMemberDto
  /** where it is in the list: px from the top, and which of how many; -1 while that is not known */
  place: { start: number; index: number; count: number }
  serverNow: number
  isOwner: boolean
  isSelected: boolean
  onSelect(): void
  onEnd(): void
  /** null: this moderator does not select */
  selection: RowSelection | null
}

/** One member: name, id, rank, and what holds for them in this group. */
export function MemberRow({
  member,
  place,
  serverNow,
  isOwner,
  isSelected,
  onSelect,
  onEnd,
  selection,
}: MemberRowProps) {
  const t = useTranslations('bulkCollect.selection')
  const { userId, name, role, state } = member
  const kind = useServerClock(serverNow, (now) => stateKind(state, now))
  return (
    <li
      data-account-id={userId}
      data-state={kind}
      data-select={userId}
      aria-setsize={place.count}
      aria-posinset={place.index + 1}
      ref={(row) => {
        // The content security policy refuses styles in the page's own text.
        if (row) row.style.transform = `translateY(${place.start}px)`
      }}
      className={clsx(
        'absolute inset-x-0 top-0 flex h-14 items-center gap-2 border-b border-line px-3 hover:bg-sunken has-focus-visible:bg-accent-soft',
        isSelected && 'bg-accent-soft',
      )}
    >
      {selection && (
        <SelectBox
          label={t('one', { name: userId })}
          isSelected={selection.has(userId)}
          onToggle={(isRange) => selection.toggle(userId, isRange)}
          className="-ms-2"
        />
      )}
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={onSelect}
        className="min-w-0 flex-1 text-start outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
      >
        {name && (
          <span className="block truncate font-medium">
            <SafeText text={name} />
          </span>
        )}{' '}
        <bdi dir="ltr" className="block truncate font-mono text-sm whitespace-pre text-muted">
          {userId}
        </bdi>
      </button>
      <RoleBadge role={isOwner ? groupRoles.owner : role} />
      {kind !== 'none' && kind !== 'ended' && kind !== 'untold' && (
        <span className="flex shrink-0 items-center gap-1.5 text-sm">
          <StateBadge kind={kind} isShort />
          {state.until !== null && (
            <RemainingTime until={state.until} serverNow={serverNow} onEnd={onEnd} className="tabular-nums" />
          )}
        </span>
      )}
    </li>
  )
}

function RoleBadge({ role }: { role: number | null }) {
  const t = useTranslations('groups.roles')
  if (role === null || role === groupRoles.member) return null
  if (role === groupRoles.owner) return <Badge tone="accent">{t('owner')}</Badge>
  if (role === groupRoles.admin) return <Badge tone="accent">{t('admin')}</Badge>
  return <Badge>{t('custom', { role })}</Badge>
}
