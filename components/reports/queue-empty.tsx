import { CircleCheck, SearchX } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import type { QueueTab } from '@/lib/reports/queue-rules'

type QueueEmptyProps = {
  tab: QueueTab
  isNarrowed: boolean
  /** what comes nonetheless */
  outlook: ReactNode
}

/** Where a tab has nothing: because nothing fits the filters, or because nothing is to be done. */
export function QueueEmpty({ tab, isNarrowed, outlook }: QueueEmptyProps) {
  const t = useTranslations('reports.queue')
  const mutes = useTranslations('shell.nav')
  if (isNarrowed)
    return (
      <EmptyState icon={<SearchX aria-hidden />} title={t('noMatch.title')}>
        {t('noMatch.advice')}
      </EmptyState>
    )
  return (
    <EmptyState
      icon={<CircleCheck aria-hidden />}
      title={t(`empty.${tab}.title`)}
      action={
        tab === 'expiring' && (
          <Link href="/mutes?ends=1h" className={buttonClass()}>
            {mutes('mutes')}
          </Link>
        )
      }
    >
      {t(`empty.${tab}.advice`)}
      {outlook}
    </EmptyState>
  )
}
