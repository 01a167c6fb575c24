import { useTranslations } from 'next-intl'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { QueueKeys } from './queue-keys'
import { QueueRow } from './queue-row'

type QueueListProps = {
  cases: readonly CaseDto[]
  /** names by key */
  connections: ReadonlyMap<string, string>
  serverNow: number
}

/** A page of a tab. */
export function QueueList({ cases, connections, serverNow }: QueueListProps) {
  const t = useTranslations('reports.queue')
  return (
    <>
      <QueueKeys />
      <ul aria-label={t('list')} className="divide-y divide-line rounded-panel border border-line bg-surface">
        {cases.map((one) => (
          <QueueRow
            key={one.id}
            one={one}
            connectionName={connections.get(one.connection) ?? one.connection}
            serverNow={serverNow}
          />
        ))}
      </ul>
    </>
  )
}
