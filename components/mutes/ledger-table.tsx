import { clsx } from 'clsx'
import { Split } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ledgerKey } from '@/components/bulk-mutes/ledger-rows'
import { LedgerBox } from '@/components/bulk-mutes/ledger-selection'
import { useRoleNames } from '@/components/mutes/role-words'
import { Badge } from '@/components/ui/badge'
import { SafeText } from '@/components/ui/safe-text'
import { AbsoluteTime, CheckedAgo } from '@/components/ui/time'
import type { MuteInForceDto } from '@/lib/mutes/ledger-schemas'
import { encodePath } from '@/lib/read'
import { LedgerButtons } from './ledger-actions'
import { LedgerCause } from './ledger-cause'
import { LedgerRest } from './ledger-rest'

type LedgerTableProps = {
  mutes: readonly MuteInForceDto[]
  /** names by key; an account of a connection that is not among them has no page */
  connections: ReadonlyMap<string, string>
  serverNow: number
  /** whether its cases can be opened */
  canReadReports: boolean
}

/** A page of the mutes in force: a table, whose rows are cards on a narrow screen. */
export function LedgerTable({ mutes, connections, serverNow, canReadReports }: LedgerTableProps) {
  const t = useTranslations('ledger.table')
  return (
    <table
      aria-label={t('label')}
      className="w-full overflow-hidden rounded-panel border border-line bg-surface max-md:block md:table-fixed"
    >
      <thead className="max-md:sr-only">
        <tr className="border-b border-line text-start text-sm text-muted">
          {(['account', 'where', 'rest', 'who', 'why'] as const).map((column) => (
            <th
              key={column}
              scope="col"
              // Room for two buttons side by side, and for the longest one on a line.
              className={clsx('px-3 py-2 text-start font-medium', column === 'rest' && 'md:w-[26%]')}
            >
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line max-md:block">
        {mutes.map((mute) => (
          <Row
            key={ledgerKey(mute)}
            mute={mute}
            connectionName={connections.get(mute.connection)}
            serverNow={serverNow}
            canReadReports={canReadReports}
          />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = Omit<LedgerTableProps, 'mutes' | 'connections'> & {
  mute: MuteInForceDto
  connectionName: string | undefined
}

function Row({ mute, connectionName, serverNow, canReadReports }: RowProps) {
  const t = useTranslations('ledger')
  const mutes = useTranslations('mutes')
  const roleNames = useRoleNames()
  const { connection, userId, groupId, groupName, topicId, scope, until, drift, cause } = mute
  return (
    <tr
      data-account-id={userId}
      data-scope={scope}
      data-connection={connection}
      data-select={ledgerKey(mute)}
      className="align-top max-md:flex max-md:flex-col max-md:gap-1 max-md:p-3 md:[&>td]:px-3 md:[&>td]:py-2"
    >
      <td className="min-w-0">
        <div className="flex items-start gap-1">
          <LedgerBox row={{ connection, userId, groupId, topicId, scope }} />
          <div className="min-w-0 flex-1">
            <Subject mute={mute} href={connectionName === undefined ? null : hrefOf(mute)} />
          </div>
        </div>
      </td>
      <td className="min-w-0">
        <span className="block">{mutes(`scopes.${scope}`)}</span>
        {mute.roles && <span className="block text-sm">{roleNames(mute.roles)}</span>}
        {groupId !== null && userId !== '' && (
          <span className="block truncate text-sm">
            {groupName ? <SafeText text={groupName} maxLength={48} /> : <Id text={groupId} />}
          </span>
        )}
        {topicId !== null && (
          <span className="block truncate text-sm">
            <Id text={topicId} />
          </span>
        )}
        <span className="block truncate text-sm text-muted">{connectionName ?? connection}</span>
      </td>
      <td className="min-w-0">
        {drift === 'lifted_outside' ? (
          <span className="block">
            {until === 'forever'
              ? t('liftedForever')
              : t.rich('lifted', { time: () => <AbsoluteTime at={until} serverNow={serverNow} /> })}
          </span>
        ) : (
          <>
            <LedgerRest mute={mute} serverNow={serverNow} />
            {until !== 'forever' && (
              <span className="block text-sm text-muted">
                {t.rich('until', { time: () => <AbsoluteTime at={until} serverNow={serverNow} /> })}
              </span>
            )}
          </>
        )}
        {drift && (
          <Badge tone="warning" icon={<Split aria-hidden />} data-drift={drift}>
            {t(`drift.${drift}`)}
          </Badge>
        )}
        {connectionName !== undefined && <LedgerButtons mute={mute} serverNow={serverNow} />}
      </td>
      <td className="min-w-0">
        {cause ? (
          <>
            <SafeText text={cause.actorName} maxLength={48} />
            <span className="block text-sm text-muted">
              <AbsoluteTime at={cause.requestedAt} serverNow={serverNow} />
            </span>
            <LedgerCause cause={cause} canReadReports={canReadReports} />
          </>
        ) : (
          <span className="text-muted">{t('outside')}</span>
        )}
        <CheckedAgo at={mute.checkedAt} serverNow={serverNow} className="block text-sm text-muted" />
      </td>
      <td className="min-w-0 wrap-anywhere max-md:empty:hidden">
        {cause && (
          <>
            {mutes(`categories.${cause.reason.category}`)}
            <span className="block text-sm text-muted">
              <SafeText text={cause.reason.text.replaceAll(/\s+/gu, ' ')} maxLength={160} />
            </span>
          </>
        )}
      </td>
    </tr>
  )
}

/** Who is muted, or the group in which everybody is; leads to where the mute is lifted or extended. */
function Subject({ mute, href }: { mute: MuteInForceDto; href: string | null }) {
  const name = mute.userId === '' ? mute.groupName : mute.nickname
  const id = mute.userId || mute.groupId || ''
  const text: ReactNode = (
    <>
      {name && (
        <span className="block truncate font-medium">
          <SafeText text={name} />
        </span>
      )}{' '}
      <span className="block truncate text-sm">
        <Id text={id} />
      </span>
    </>
  )
  if (href === null) return text
  return (
    <Link
      href={href}
      // Fifty rows would be fifty requests.
      prefetch={false}
      className="block min-h-6 text-accent-text hover:underline"
    >
      {text}
    </Link>
  )
}

function Id({ text }: { text: string }) {
  return (
    <bdi dir="ltr" className="font-mono whitespace-pre">
      {text}
    </bdi>
  )
}

/** The page on which the mute can be changed. */
function hrefOf({ connection, userId, groupId, topicId }: MuteInForceDto): string {
  if (groupId === null) return `/accounts${encodePath(connection, userId)}`
  const at = new URLSearchParams({
    ...(userId === '' ? {} : { member: userId }),
    ...(topicId === null ? {} : { topic: topicId }),
  }).toString()
  return `/groups${encodePath(connection, groupId)}${at === '' ? '' : `?${at}`}`
}
