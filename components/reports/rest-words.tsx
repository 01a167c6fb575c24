'use client'

import { useTranslations } from 'next-intl'
import { useServerClock } from '@/components/ui/clock'
import { remainingAt } from '@/components/ui/remaining'
import { safePlain } from '@/components/ui/safe-text'
import { useRemainingFormat } from '@/components/ui/time'

type RestWordsProps = {
  path: 'muteEnds' | 'held' | 'heldFor' | 'heldForYou'
  name?: string
  /** epoch ms */
  until: number
  serverNow: number
}

/** A state of the queue with the rest of its time, ticking by the server's clock. */
export function RestWords({ path, name = '', until, serverNow }: RestWordsProps) {
  const t = useTranslations('reports.queue')
  const remaining = useRemainingFormat()
  return useServerClock(serverNow, (now) =>
    t(path, { name: safePlain(name, 40), rest: remaining(remainingAt(until, now)) }),
  )
}
