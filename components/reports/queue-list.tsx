import { useTranslations } from 'next-intl'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { casesToMute } from './queue-cases'
import type { QueueFields } from './queue-href'
import { QueueKeys } from './queue-keys'
import { QueueRow } from './queue-row'
import { QueueSelection } from './queue-selection'
import { QueueStands } from './queue-stands'

type QueueListProps = {
  cases: readonly CaseDto[]
  fields: QueueFields
  /** names by key */
  connections: ReadonlyMap<string, string>
  serverNow: number
  /** what can be selected for a bulk mute; absent: this moderator may not */
  selection?: { actorId: string; hasMore: boolean }
}

/** A page of a tab. */
export function QueueList({ cases, fields, connections, serverNow, selection }: QueueListProps) {
  const t = useTranslations('reports.queue')
  const selectable = selection ? casesToMute(cases) : []
  const ids = new Set(selectable.map(({ id }) => id))
  const list = (
    <QueueStands caseIds={cases.map(({ id }) => id)}>
      <ul aria-label={t('list')} className="divide-y divide-line rounded-panel border border-line bg-surface">
        {cases.map((one) => (
          <QueueRow
            key={one.id}
            one={one}
            fields={fields}
            connectionName={connections.get(one.connection) ?? one.connection}
            serverNow={serverNow}
            isSelectable={ids.has(one.id)}
            hasBoxes={ids.size > 0}
          />
        ))}
      </ul>
    </QueueStands>
  )
  return (
    <>
      <QueueKeys />
      {selection ? (
        <QueueSelection {...selection} fields={fields} cases={selectable} names={connections}>
          {list}
        </QueueSelection>
      ) : (
        list
      )}
    </>
  )
}
