'use client'

import { AlarmClock, Clock, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { useServerClock } from '@/components/ui/clock'
import { remainingAt } from '@/components/ui/remaining'
import { useRemainingFormat } from '@/components/ui/time'
import { slaAt } from './sla'

const looks = {
  overdue: { tone: 'danger', icon: <TriangleAlert aria-hidden /> },
  soon: { tone: 'warning', icon: <AlarmClock aria-hidden /> },
  later: { tone: 'neutral', icon: <Clock aria-hidden /> },
} as const

type SlaBadgeProps = { dueAt: number; openedAt: number; serverNow: number }

/** How long a case has waited, against when it should have been looked at: a colour, an icon and the words. */
export function SlaBadge({ dueAt, openedAt, serverNow }: SlaBadgeProps) {
  const t = useTranslations('reports.queue')
  const remaining = useRemainingFormat()
  const kind = useServerClock(serverNow, (now) => slaAt(now, { dueAt, openedAt }))
  const due = useServerClock(serverNow, (now) => {
    const rest = remaining(kind === 'overdue' ? remainingAt(now, dueAt) : remainingAt(dueAt, now))
    return t(`sla.${kind}`, { rest })
  })
  const age = useServerClock(serverNow, (now) => t('age', { age: remaining(remainingAt(now, openedAt)) }))
  const { tone, icon } = looks[kind]
  return (
    <>
      <Badge tone={tone} icon={icon} data-sla={kind} className="whitespace-nowrap tabular-nums">
        {due}
      </Badge>
      <span className="text-sm text-muted tabular-nums">{age}</span>
    </>
  )
}
