'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { lazy, type ReactNode, Suspense } from 'react'
import { AccountGroups } from '@/components/mutes/account-groups'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Mutes } from '@/components/mutes/mutes'
import { subjectOf } from '@/components/mutes/subject'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { accountQueries } from '@/lib/accounts/query-options'
import type { AccountDto, AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { ReadError } from '@/lib/read'
import type { MutePreset } from '@/lib/settings/rules'
import { AccountHeader } from './account-header'
import { EffectiveAnswer } from './effective-answer'
import { Elsewhere } from './elsewhere'
import { useOtherApps } from './use-other-apps'

const MissingAccount = lazy(async () => ({ default: (await import('./wrong-address')).MissingAccount }))

type AccountScreenProps = {
  accountKey: AccountKey
  actor: Pick<Actor, 'id' | 'role'>
  presets: readonly MutePreset[]
  connections: readonly AccountDto['connection'][]
  /** what moderators wrote about it; the page brings it, because reports know accounts and not the other way round */
  notes: ReactNode
  /** the other accounts of the same person, likewise */
  linked: ReactNode
  /** one of them shall be seen before anything is done */
  notesFirst: boolean
}

/** The account page in the browser. */
export function AccountScreen({
  accountKey,
  actor,
  presets,
  connections,
  notes,
  linked,
  notesFirst,
}: AccountScreenProps) {
  const t = useTranslations('common.actions')
  const { data, error, refetch } = useQuery(accountQueries.view(accountKey))
  if (!data) {
    return error instanceof ReadError ? (
      <ActionErrorPanel
        error={error.error}
        isRead
        actions={<Button onClick={() => void refetch()}>{t('retry')}</Button>}
      />
    ) : (
      <Skeleton lines={9} />
    )
  }
  const { account } = data
  if (account.exists === false)
    return (
      <Suspense fallback={<Skeleton lines={9} />}>
        <MissingAccount account={account} connections={connections} />
      </Suspense>
    )
  return (
    <PresentAccount
      account={account}
      actor={actor}
      presets={presets}
      connections={connections}
      notes={notes}
      linked={linked}
      notesFirst={notesFirst}
    />
  )
}

type PresentAccountProps = Omit<AccountScreenProps, 'accountKey'> & { account: AccountDto }

/** An account that is not known to be missing. */
function PresentAccount({
  account,
  actor,
  presets,
  connections,
  notes,
  linked,
  notesFirst,
}: PresentAccountProps) {
  const key = { connection: account.connection.key, userId: account.userId }
  const others = useOtherApps(key, connections)
  return (
    <div className="mx-auto flex max-w-7xl flex-col gap-4">
      <AccountHeader account={account} />
      <EffectiveAnswer account={account} others={others} />
      {notesFirst && notes}
      <Mutes subject={subjectOf(account)} actor={actor} presets={presets}>
        {linked}
        {/* As long as the apps are many; the groups may be hundreds, and come later. */}
        <Elsewhere userId={account.userId} others={others} />
        <AccountGroups account={key} provider={account.connection.provider} />
        {!notesFirst && notes}
      </Mutes>
    </div>
  )
}
