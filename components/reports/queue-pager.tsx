import { ChevronRight, ChevronsLeft } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button-class'
import { queueHref } from './queue-href'
import type { QueueQuery } from './queue-query'

/** The ways to the first page and to the one that follows. */
export function QueuePager({ query, next }: { query: QueueQuery; next: string | null }) {
  const t = useTranslations('reports.queue.pager')
  if (!query.isPaged && next === null) return null
  return (
    <nav aria-label={t('label')} className="flex flex-wrap gap-2">
      {query.isPaged && (
        <Link href={queueHref(query.fields)} className={buttonClass()}>
          <ChevronsLeft aria-hidden className="size-4" />
          {t('first')}
        </Link>
      )}
      {next !== null && (
        <Link href={queueHref(query.fields, next)} rel="next" className={buttonClass()}>
          {t('next')}
          <ChevronRight aria-hidden className="size-4" />
        </Link>
      )}
    </nav>
  )
}
