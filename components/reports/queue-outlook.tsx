import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AbsoluteTime } from '@/components/ui/time'
import type { LooksDto, TabCountsDto } from '@/lib/reports/queue-dtos'

type QueueOutlookProps = {
  counts: Pick<TabCountsDto, 'mine' | 'held' | 'nextReturnAt'>
  looks: LooksDto
  serverNow: number
}

/** What comes when nothing waits: what is in one's own hands, what returns from hold, and what is looked at again. */
export function QueueOutlook({ counts, looks, serverNow }: QueueOutlookProps) {
  const t = useTranslations('reports.queue.outlook')
  const to = (href: string) => (words: ReactNode) => (
    <Link href={href} prefetch={false} className="text-accent-text underline underline-offset-2">
      {words}
    </Link>
  )
  const at = (instant: number) => () => <AbsoluteTime at={instant} serverNow={serverNow} />
  return (
    <ul aria-label={t('label')} className="mt-3 flex flex-col gap-2 text-start empty:hidden">
      {counts.mine > 0 && <li>{t.rich('mine', { count: counts.mine, link: to('/reports?tab=mine') })}</li>}
      {counts.nextReturnAt !== null && (
        <li>
          {t.rich('held', {
            count: counts.held,
            link: to('/reports?tab=held'),
            time: at(counts.nextReturnAt),
          })}
        </li>
      )}
      {looks.firstAt !== null && (
        <li>
          {t.rich('looks', { count: looks.count, link: to('/mutes?ends=24h'), time: at(looks.firstAt) })}
        </li>
      )}
    </ul>
  )
}
