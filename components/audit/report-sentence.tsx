import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { wordOfCategory } from '@/components/reports/word-of-category'
import type { AuditEntry } from '@/lib/audit/schemas'

type IntakeEvent = Extract<
  AuditEntry,
  {
    type:
      | 'report.filed'
      | 'report.set_aside'
      | 'case.evidence_taken'
      | 'history.read'
      | 'reporter.muted'
      | 'reporter.unmuted'
  }
>

/** What came in against an account or was kept of it, with the way to its case; and whose reports are set aside. */
export function ReportSentence({ event }: { event: IntakeEvent }) {
  const t = useTranslations('audit.events')
  const categories = useTranslations('reports.categories')
  const format = useFormatter()
  const text = t(event.type, factsOf(event, categories, format))
  const own = 'case' in event.data ? event.data.case : undefined
  if (own === undefined) return <p>{text}</p>
  return (
    <p>
      <Link className="underline-offset-2 hover:underline" href={`/reports/${own}`} prefetch={false}>
        {text}
      </Link>
    </p>
  )
}

function factsOf(
  { type, data }: IntakeEvent,
  categories: ReturnType<typeof useTranslations<'reports.categories'>>,
  format: ReturnType<typeof useFormatter>,
): Record<string, string | number> {
  switch (type) {
    case 'report.filed': {
      const { source, category, number } = data
      return { source, category: wordOfCategory(category, categories), number }
    }
    case 'report.set_aside':
      return { category: wordOfCategory(data.category, categories) }
    case 'reporter.muted':
      return { until: format.dateTime(data.until, 'yearTime') }
    case 'reporter.unmuted':
      return {}
    case 'case.evidence_taken': {
      const { number, kept, reports, complete } = data
      return { number, kept, reports, complete }
    }
    case 'history.read': {
      const { number, direction, messages } = data
      return { number, direction, messages }
    }
  }
}
