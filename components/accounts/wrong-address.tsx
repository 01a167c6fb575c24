import { Unplug, UserX } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { safePlain } from '@/components/ui/safe-text'
import { queryForId } from '@/lib/accounts/parse-query'
import type { AccountDto } from '@/lib/accounts/schemas'
import { encodePath } from '@/lib/read'

type Connections = readonly AccountDto['connection'][]
type Base = '/accounts' | '/groups'

type UnknownConnectionProps = {
  name: string
  /** what the page would be called */
  title: string
  /** what was looked for, and where the others have such */
  id: string
  base: Base
  connections: Connections
}

/** An address that names a connection which is not set up. */
export function UnknownConnection({ name, title, id, base, connections }: UnknownConnectionProps) {
  const t = useTranslations('accounts.page')
  return (
    <>
      <h1 className="sr-only">{title}</h1>
      <EmptyState
        icon={<Unplug aria-hidden />}
        title={t('unknownConnection.title', { key: safePlain(name, 32) })}
        action={<ConnectionLinks connections={connections} id={id} base={base} />}
      >
        {connections.length > 0 ? t('unknownConnection.text') : t('unknownConnection.none')}
      </EmptyState>
    </>
  )
}

/** An address whose user id cannot be one. */
export function InvalidAccountAddress() {
  const t = useTranslations('accounts.page')
  return (
    <>
      <h1 className="sr-only">{t('userId')}</h1>
      <EmptyState
        icon={<UserX aria-hidden />}
        title={t('invalid.title')}
        action={
          <Link href="/accounts" className={buttonClass('secondary')}>
            {t('back')}
          </Link>
        }
      >
        {t('invalid.text')}
      </EmptyState>
    </>
  )
}

/** An account that its provider does not know: where else it may be. */
export function MissingAccount({ account, connections }: { account: AccountDto; connections: Connections }) {
  const t = useTranslations('accounts.page')
  const { userId, connection } = account
  const others = connections.filter(({ key }) => key !== connection.key)
  return (
    <>
      <h1 className="sr-only">{t('title', { id: userId, connection: connection.name })}</h1>
      <EmptyState
        icon={<UserX aria-hidden />}
        title={t('missing.title', { id: userId, connection: connection.name })}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <ConnectionLinks connections={others} id={userId} base="/accounts" />
            <Link
              href={`/accounts?${new URLSearchParams({ q: queryForId(userId) })}`}
              className={buttonClass('secondary')}
            >
              {t('missing.search')}
            </Link>
          </div>
        }
      >
        {t('missing.text')}
      </EmptyState>
    </>
  )
}

type ConnectionLinksProps = { connections: Connections; id: string; base: Base }

function ConnectionLinks({ connections, id, base }: ConnectionLinksProps) {
  const t = useTranslations('accounts.page.missing')
  return (
    <div className="flex flex-wrap justify-center gap-2">
      {connections.map(({ key, name }) => (
        <Link key={key} href={`${base}${encodePath(key, id)}`} className={buttonClass('secondary')}>
          {t('elsewhere', { connection: name })}
        </Link>
      ))}
    </div>
  )
}
