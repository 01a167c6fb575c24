import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import type { AccountKey } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import { AccountForm } from './account-form'
import { LinkedList } from './linked-list'
import { Panel } from './panel'

type LinkedAccountsProps = Omit<ComponentProps<typeof LinkedList>, 'home'> & {
  account: AccountKey
  actor: Pick<Actor, 'id' | 'role'>
}

/** The other accounts of the same person, as moderators have said, and the way to change that. */
export function LinkedAccounts({ account, linked, serverNow, connections, actor }: LinkedAccountsProps) {
  const t = useTranslations('reports.linked')
  return (
    <Panel title={t('title')}>
      <LinkedList linked={linked} serverNow={serverNow} home={account.connection} connections={connections} />
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
