import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { AuditEntry } from '@/lib/audit/schemas'

type ReportEvent = Extract<AuditEntry, { type: `report.${string}` }>

/** What came in against an account, with the way to its case. */
export function ReportSentence({ event }: { event: ReportEvent }) {
  const t = useTranslations('audit.events')
  const categories = useTranslations('reports.categories')
  const { source, category, number } = event.data
  return (
    <p>
      <Link
        className="underline-offset-2 hover:underline"
        href={`/reports/${event.data.case}`}
        prefetch={false}
      >
        {t(event.type, { source, category: categories(category), number })}
      </Link>
    </p>
  )
}
