import { Ban, CircleAlert, CircleCheck, CircleHelp } from 'lucide-react'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge, type Tone } from '@/components/ui/badge'
import { SafeText } from '@/components/ui/safe-text'
import type { AuditOutcome } from '@/lib/audit/events'
import type { AuditEntry } from '@/lib/audit/schemas'
import { encodePath } from '@/lib/read'
import { AuditSentence } from './audit-sentence'

const outcomes: Record<AuditOutcome, { tone: Tone; icon: ReactNode }> = {
  ok: { tone: 'neutral', icon: <CircleCheck aria-hidden /> },
  denied: { tone: 'warning', icon: <Ban aria-hidden /> },
  failed: { tone: 'danger', icon: <CircleAlert aria-hidden /> },
  unknown: { tone: 'warning', icon: <CircleHelp aria-hidden /> },
}

const toTheSecond = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const

/** A page of the audit: a table, whose rows are cards on a narrow screen. `connections`: names by key. */
export function AuditTable({
  events,
  connections,
}: {
  events: readonly AuditEntry[]
  connections: ReadonlyMap<string, string>
}) {
  const t = useTranslations('audit.table')
  return (
    <table
      aria-label={t('label')}
      className="w-full overflow-hidden rounded-panel border border-line bg-surface max-md:block md:table-fixed"
    >
      <thead className="max-md:sr-only">
        <tr className="border-b border-line text-start text-sm text-muted">
          <Heading className="md:w-50">{t('time')}</Heading>
          <Heading className="md:w-30">{t('outcome')}</Heading>
          <Heading>{t('what')}</Heading>
          <Heading className="md:w-28 lg:w-40">{t('who')}</Heading>
          <Heading className="md:w-36 lg:w-60">{t('account')}</Heading>
        </tr>
      </thead>
      <tbody className="divide-y divide-line max-md:block">
        {events.map((event) => (
          <Row key={event.seq} event={event} connections={connections} />
        ))}
      </tbody>
    </table>
  )
}

function Heading({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" className={`px-3 py-2 text-start font-medium ${className ?? ''}`}>
      {children}
    </th>
  )
}

function Row({ event, connections }: { event: AuditEntry; connections: ReadonlyMap<string, string> }) {
  const t = useTranslations('audit')
  const format = useFormatter()
  const { seq, at, type, outcome, actorId, actorName, connection, userId } = event
  const { tone, icon } = outcomes[outcome]
  return (
    <tr
      id={`event-${seq}`}
      data-event-type={type}
      className="align-top max-md:flex max-md:flex-wrap max-md:gap-x-3 max-md:gap-y-1 max-md:p-3 md:[&>td]:px-3 md:[&>td]:py-2"
    >
      <td className="whitespace-nowrap max-md:order-1 max-md:flex-1 max-md:text-sm max-md:text-muted">
        <time dateTime={new Date(at).toISOString()} title={format.dateTime(at, 'full')}>
          {format.dateTime(at, toTheSecond)}
        </time>
      </td>
      <td className="max-md:order-2">
        <Badge tone={tone} icon={icon} data-outcome={outcome}>
          {t(`outcomes.${outcome}`)}
        </Badge>
      </td>
      <td className="min-w-0 max-md:order-3 max-md:w-full">
        <AuditSentence event={event} />
      </td>
      <td className="min-w-0 max-md:order-4 max-md:text-sm">
        {actorId === null ? (
          <span className="text-muted">{nobody(actorName)}</span>
        ) : (
          <SafeText text={actorName} maxLength={48} />
        )}
      </td>
      <td className="min-w-0 max-md:order-5 max-md:w-full max-md:empty:hidden">
        {userId !== null && connection !== null && (
          <>
            <Link
              href={`/accounts${encodePath(connection, userId)}`}
              prefetch={false}
              className="inline-block max-w-full truncate align-bottom font-mono leading-6 whitespace-pre text-accent-text underline"
            >
              <bdi dir="ltr">{userId}</bdi>
            </Link>
            <span className="block truncate text-sm text-muted">
              {connections.get(connection) ?? connection}
            </span>
          </>
        )}
      </td>
    </tr>
  )

  /** What acted when nobody was signed in; the stored words are these. */
  function nobody(name: string): string {
    if (name === 'system') return t('nobody.system')
    if (name === 'command line') return t('nobody.commandLine')
    return name === 'nobody' ? t('nobody.nobody') : name
  }
}
