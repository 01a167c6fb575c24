'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowUp, WifiOff } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { CheckedAgo } from '@/components/ui/time'
import { reportQueries } from '@/lib/reports/query-options'
import { queuePageSize } from '@/lib/reports/queue-rules'
import type { QueueFields } from './queue-href'

type QueueNewsProps = {
  filters: QueueFields
  /** the cases on the page */
  shown: readonly string[]
  serverNow: number
}

/** Tells how many cases have come that the page does not show, instead of moving what one is about to press. */
export function QueueNews({ filters, shown, serverNow }: QueueNewsProps) {
  const t = useTranslations('reports.queue')
  const router = useRouter()
  const [isRefreshing, start] = useTransition()
  const { data, isError, isRefetchError } = useQuery(reportQueries.first(filters))
  const known = new Set(shown)
  const count = data?.cases.filter(({ id }) => !known.has(id)).length ?? 0
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 empty:hidden">
      {count > 0 && (
        <Button
          icon={<ArrowUp aria-hidden className="size-4" />}
          isBusy={isRefreshing}
          onClick={() => start(() => router.refresh())}
        >
          {count >= queuePageSize ? t('newsMany', { count }) : t('news', { count })}
        </Button>
      )}
      {(isError || isRefetchError) && (
        <span className="flex items-center gap-1.5 text-sm text-warning-text">
          <WifiOff aria-hidden className="size-4" />
          {t('paused')} <CheckedAgo at={data?.serverNow ?? serverNow} serverNow={serverNow} />
        </span>
      )}
    </div>
  )
}
