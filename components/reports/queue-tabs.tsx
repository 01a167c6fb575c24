import { clsx } from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { TabCountsDto } from '@/lib/reports/queue-dtos'
import { maxTabCount, queueTabs } from '@/lib/reports/queue-rules'
import { type QueueFields, queueHref } from './queue-href'

/** The tabs of the queue with how much is in each; links, so that each is a view to share. */
export function QueueTabs({ counts, fields }: { counts: TabCountsDto; fields: QueueFields }) {
  const t = useTranslations('reports.queue.tabs')
  return (
    <nav aria-label={t('label')}>
      <ul className="flex flex-wrap gap-1 border-b border-line">
        {queueTabs.map((tab) => {
          const count = tab === 'done' ? 0 : counts[tab]
          const isHere = tab === fields.tab
          return (
            <li key={tab}>
              <Link
                href={queueHref({ ...fields, tab })}
                prefetch={false}
                aria-current={isHere ? 'page' : undefined}
                className={clsx(
                  'flex min-h-control items-center gap-1.5 rounded-t-control border-b-2 px-3 -outline-offset-2!',
                  isHere
                    ? 'border-accent-text font-semibold text-accent-text'
                    : 'border-transparent text-muted hover:text-text',
                )}
              >
                {t(tab)}
                {count > 0 && (
                  <span className="rounded-chip bg-neutral-soft px-1 text-sm text-text tabular-nums">
                    {count >= maxTabCount ? t('many') : t('count', { count })}
                  </span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
