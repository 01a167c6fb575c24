import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { wordOfCategory } from '@/components/reports/word-of-category'
import type { AuditEntry } from '@/lib/audit/schemas'

type WorkType =
  | 'case.claimed'
  | 'case.released'
  | 'case.skipped'
  | 'case.held'
  | 'case.handed_over'
  | 'case.escalated'
  | 'case.sent_back'
  | 'case.urgent'
  | 'case.paged'
  | 'case.paging_failed'
  | 'case.triaged'
  | 'case.returned'
  | 'case.merged'
  | 'case.left_open'
  | 'note.written'
type CaseEvent = Extract<AuditEntry, { type: WorkType }>

/** What was done about a case, with the way to it. */
export function CaseSentence({ event }: { event: CaseEvent }) {
  const t = useTranslations('audit.events')
  const facts = useFacts(event)
  const id = event.data.case
  if (id === undefined) return <p>{t(event.type, facts)}</p>
  return (
    <p>
      <Link className="underline-offset-2 hover:underline" href={`/reports/${id}`} prefetch={false}>
        {t(event.type, facts)}
      </Link>
    </p>
  )
}

function useFacts({ type, data }: CaseEvent): Record<string, string | number> {
  const format = useFormatter()
  const categories = useTranslations('reports.categories')
  const left = useTranslations('bulkMutes.cases.why')
  const { number = 0 } = data
  switch (type) {
    case 'case.claimed':
      return { number, takenOver: data.isTakenOver ? 'yes' : 'no' }
    case 'case.held':
      return { number, until: format.dateTime(data.until, 'yearTime') }
    case 'case.handed_over':
      return { number, to: data.to }
    case 'case.sent_back':
      return { number, to: data.to ?? '', back: data.to === null ? 'no' : 'yes' }
    case 'case.triaged':
      return {
        number,
        before: wordOfCategory(data.before, categories),
        after: wordOfCategory(data.after, categories),
      }
    case 'case.returned':
      return { number, why: data.why }
    case 'case.merged':
      return { number, into: data.intoNumber }
    case 'case.left_open':
      return { number, why: left(data.why) }
    case 'note.written':
      return {
        number,
        in: data.case === undefined ? 'account' : 'case',
        sticky: data.isSticky ? 'yes' : 'no',
      }
    case 'case.urgent':
      return { number, category: wordOfCategory(data.category, categories) }
    case 'case.paging_failed':
      return { number, effect: data.effect }
    case 'case.paged':
    case 'case.released':
    case 'case.skipped':
    case 'case.escalated':
      return { number }
    default:
      return type satisfies never
  }
}
