import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { AccountDto, AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { LinkedAccountsDto } from '@/lib/reports/linked-dtos'
import { AccountForm } from './account-form'
import { Panel } from './panel'

type LinkedAccountsProps = {
  account: AccountKey
  linked: LinkedAccountsDto['linked']
  connections: readonly AccountDto['connection'][]
  actor: Pick<Actor, 'id' | 'role'>
  children: ReactNode
}

/** The other accounts of the same person, as moderators have said (`children`: their list), and the way to change that. */
export function LinkedAccounts({ account, linked, connections, actor, children }: LinkedAccountsProps) {
  const t = useTranslations('reports.linked')
  return (
    <Panel title={t('title')}>
      {linked.length === 0 ? <p className="text-muted">{t('none')}</p> : children}
      {hasPermission(actor.role, 'reports:work') && (
        <AccountForm
          label={t(linked.length === 0 ? 'change' : 'changeSome')}
          shortcut="p"
          links={{
            account,
            linked: linked.map(({ connection, userId, nickname, through, link }) => ({
              ...{ connection, userId, nickname, through, link },
            })),
            connections: connections.map(({ key, name }) => ({ key, name })),
            bulkActorId: hasPermission(actor.role, 'mutes:bulk') ? actor.id : null,
          }}
        />
      )}
    </Panel>
  )
}
