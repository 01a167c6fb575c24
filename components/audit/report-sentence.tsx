import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { wordOfCategory } from '@/components/reports/word-of-category'
import type { AuditEntry } from '@/lib/audit/schemas'

type IntakeEvent = Extract<AuditEntry, { type: 'report.filed' | 'case.evidence_taken' | 'history.read' }>

/** What came in against an account or was kept of it, with the way to its case. */
export function ReportSentence({ event }: { event: IntakeEvent }) {
  const t = useTranslations('audit.events')
  const categories = useTranslations('reports.categories')
  return (
    <p>
      <Link
        className="underline-offset-2 hover:underline"
        href={`/reports/${event.data.case}`}
        prefetch={false}
      >
        {t(event.type, factsOf(event, categories))}
      </Link>
    </p>
  )
}

function factsOf(
  { type, data }: IntakeEvent,
  categories: ReturnType<typeof useTranslations<'reports.categories'>>,
): Record<string, string | number> {
  switch (type) {
    case 'report.filed': {
      const { source, category, number } = data
      return { source, category: wordOfCategory(category, categories), number }
    }
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
