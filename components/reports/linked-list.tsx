import { MicOff } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { SafeText, safePlain } from '@/components/ui/safe-text'
import { AbsoluteTime, RemainingTime } from '@/components/ui/time'
import type { AccountDto } from '@/lib/accounts/schemas'
import { accountRef } from '@/lib/mutes/rules'
import type { LinkedAccountDto, LinkedAccountsDto, LinkedWithAccusedDto } from '@/lib/reports/linked-dtos'
import { Person } from './person'

type Listed = LinkedAccountDto & Partial<LinkedWithAccusedDto>

type LinkedListProps = Pick<LinkedAccountsDto, 'serverNow'> & {
  linked: readonly Listed[]
  /** the connection of the account that they are linked with: of others the name is said */
  home: string
  connections: readonly AccountDto['connection'][]
}

const link = 'inline-flex min-h-6 items-center text-accent-text hover:underline'

/** So many are shown at once; the others can be unfolded. */
const shownAtOnce = 5

/** The accounts of the same person: who said so and why, their mutes in force and their open cases, each with the way to it. */
export function LinkedList({ linked, ...shared }: LinkedListProps) {
  const t = useTranslations('reports.linked')
  const shown = linked.length > shownAtOnce + 1 ? shownAtOnce : linked.length
  const row = (one: Listed) => <LinkedRow key={accountRef(one)} one={one} {...shared} />
  return (
    <>
      <ul className={rows}>{linked.slice(0, shown).map(row)}</ul>
      {shown < linked.length && (
        <details className="border-t border-line pt-1">
          <summary className="min-h-6 w-fit text-accent-text">
            {t('more', { count: linked.length - shown })}
          </summary>
          <ul className={rows}>{linked.slice(shown).map(row)}</ul>
        </details>
      )}
    </>
  )
}

const rows = 'flex flex-col divide-y divide-line'

type RowProps = Omit<LinkedListProps, 'linked'> & { one: Listed }

function LinkedRow({ one, serverNow, home, connections }: RowProps) {
  const t = useTranslations('reports.linked')
  const { through } = one
  return (
    <li data-linked={accountRef(one)} className="flex flex-col gap-0.5 py-2 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-2">
        <Person {...one} />
        {one.isReporter && <Badge>{t('reporter')}</Badge>}
        {one.connection !== home && (
          <span className="text-sm text-muted">
            {connections.find(({ key }) => key === one.connection)?.name ?? one.connection}
          </span>
        )}
        {through && (
          <span className="text-sm text-muted">
            {t.rich('through', { account: () => <Person {...through} nickname={null} /> })}
          </span>
        )}
      </div>
      <Holding one={one} serverNow={serverNow} />
      <p className="text-sm">
        <SafeText text={one.link.reason} maxLength={200} className="wrap-anywhere" />
      </p>
      <p className="text-sm text-muted">
        {t.rich('said', {
          name: safePlain(one.link.by, 40),
          time: () => <AbsoluteTime at={one.link.linkedAt} serverNow={serverNow} />,
        })}
      </p>
    </li>
  )
}

/** What is known of one of them here: its mutes in force and its open cases. */
function Holding({ one, serverNow }: { one: LinkedAccountDto; serverNow: number }) {
  const t = useTranslations('reports.linked')
  const scopes = useTranslations('mutes.scopes')
  const { connection, userId, mutes, cases, openCases } = one
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm">
      {mutes.length === 0 && <span className="text-muted">{t('notMuted')}</span>}
      {mutes.map(({ scope, count, until }) => (
        <Badge key={scope} tone="danger" icon={<MicOff aria-hidden />} data-linked-mute={scope}>
          {scope === 'group' || scope === 'topic'
            ? t(`mute.${scope}`, { count })
            : t.rich('mute.global', {
                scope: scopes(scope),
                rest: () => <RemainingTime until={until} serverNow={serverNow} />,
              })}
        </Badge>
      ))}
      {cases.length === 0 ? (
        <span className="text-muted">{t('noCases')}</span>
      ) : (
        <span className="flex flex-wrap items-center gap-x-2">
          {t('cases')}
          {cases.map(({ id, number }) => (
            <Link key={id} href={`/reports/${id}`} prefetch={false} className={link}>
              #{number}
            </Link>
          ))}
          {openCases > cases.length && (
            <Link
              href={`/reports?${new URLSearchParams({ connection, accused: userId })}`}
              prefetch={false}
              className={link}
            >
              {t('allCases', { count: openCases })}
            </Link>
          )}
        </span>
      )}
    </div>
  )
}
