'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { SelectBox } from '@/components/bulk-mutes/select-box'
import type { ConnectionSelection } from '@/components/bulk-mutes/use-connection-selection'
import { SafeText } from '@/components/ui/safe-text'
import type { AccountDto } from '@/lib/accounts/schemas'
import { accountRef } from '@/lib/mutes/rules'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { encodePath } from '@/lib/read'
import { Avatar } from './avatar'
import { MuteChips } from './mute-chips'

type AccountRowProps = {
  account: AccountDto
  states: readonly MuteStateDto[]
  serverNow: number
  onEnd(): void
  /** null: this moderator does not select */
  selection: ConnectionSelection | null
}

/** One account that was found. All of the row leads to its page; the link itself is the name with the id. */
export function AccountRow({ account, states, serverNow, onEnd, selection }: AccountRowProps) {
  const t = useTranslations('accounts.page')
  const selections = useTranslations('bulkCollect.selection')
  const { connection, userId, nickname, presence } = account
  const ref = accountRef({ connection: connection.key, userId })
  return (
    <li
      data-account-id={userId}
      data-connection={connection.key}
      data-select={ref}
      className="relative flex items-center gap-3 px-3 py-2 hover:bg-sunken has-focus-visible:bg-accent-soft"
    >
      {selection && (
        <SelectBox
          label={selections('one', { name: userId })}
          isSelected={selection.has(ref)}
          isDisabled={!selection.canSelect(ref)}
          onToggle={(isRange) => selection.toggle(ref, isRange)}
          className="-mx-2"
        />
      )}
      <Avatar account={account} />
      <div className="flex min-w-0 flex-1 flex-col gap-1 lg:flex-row lg:items-center lg:gap-4">
        <div className="min-w-0 lg:flex-1">
          <Link
            href={`/accounts${encodePath(connection.key, userId)}`}
            // A hundred rows would be a hundred requests.
            prefetch={false}
            data-result
            className="block outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
          >
            <span className="block truncate font-medium">
              <SafeText text={nickname ?? ''} />
            </span>{' '}
            <bdi dir="ltr" className="block truncate font-mono text-sm whitespace-pre text-muted">
              {userId}
            </bdi>
          </Link>
        </div>
        <p className="flex shrink-0 items-center gap-2 text-sm text-muted lg:w-44 lg:flex-col lg:items-start lg:gap-0">
          <span className="max-w-full truncate">{connection.name}</span>
          {presence && (
            <span data-presence={presence} className="flex items-center gap-1 whitespace-nowrap">
              <span aria-hidden className={`size-2 rounded-full ${dots[presence]}`} />
              {t(`presence.${presence}`)}
            </span>
          )}
        </p>
        <div className="lg:w-84">
          <MuteChips states={states} serverNow={serverNow} onEnd={onEnd} />
        </div>
      </div>
    </li>
  )
}

const dots = {
  online: 'bg-success-text',
  background: 'border-2 border-success-text',
  offline: 'border-2 border-line-strong',
}
