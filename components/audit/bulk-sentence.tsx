import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { AuditEntry } from '@/lib/audit/schemas'
import { type Forecast, isDoing, type SkipReason } from '@/lib/bulk-mutes/rules'

type BulkEvent = Extract<AuditEntry, { type: `bulk_mute.${string}` }>

/** What became of a run over many accounts, with the way to it. */
export function BulkSentence({ event }: { event: BulkEvent }) {
  const t = useTranslations('audit.events')
  const reasons = useTranslations('bulkMutes.reasons')
  return (
    <p>
      <Link className="underline-offset-2 hover:underline" href={`/bulk-mutes/${event.data.bulk}`}>
        {t(event.type, factsOf(event, reasons))}
      </Link>
    </p>
  )
}

function factsOf(
  { type, data }: BulkEvent,
  reasonOf: (why: SkipReason) => string,
): Record<string, string | number> {
  switch (type) {
    case 'bulk_mute.created':
      return { kind: data.kind, accounts: data.accounts, groups: data.groups ?? 0 }
    case 'bulk_mute.previewed': {
      const counts = Object.entries(data.forecasts) as [Forecast, number][]
      const sum = (isWanted: boolean) =>
        counts.reduce((total, [name, count]) => (isDoing(name) === isWanted ? total + count : total), 0)
      return { doing: sum(true), left: sum(false) }
    }
    case 'bulk_mute.approval_asked':
      return { accounts: data.accounts, groups: data.groups ?? 0, why: data.why }
    case 'bulk_mute.approved':
    case 'bulk_mute.started':
    case 'bulk_mute.retried':
      return { accounts: data.accounts, groups: data.groups ?? 0 }
    case 'bulk_mute.paused':
    case 'bulk_mute.account_reopened':
      return { why: data.why }
    case 'bulk_mute.account_skipped':
      return { why: reasonOf(data.why) }
    case 'bulk_mute.exported':
      return { rows: data.rows, of: data.ofGroups ? 'groups' : 'accounts' }
    case 'bulk_mute.preview_outdated':
    case 'bulk_mute.resumed':
      return {}
    case 'bulk_mute.cancelled':
    case 'bulk_mute.finished': {
      const { applied = 0, rejected = 0, skipped = 0 } = data.states
      return { applied, rejected, skipped }
    }
  }
}
