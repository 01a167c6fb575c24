'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { useServerClock } from '@/components/ui/clock'
import { isOverdue } from '@/lib/mutes/ends'
import type { MuteStateDto } from '@/lib/mutes/schemas'

type TimerNoteProps = { state: MuteStateDto; serverNow: number }

/** That the provider keeps no end for a mute and the console lifts it then, or that it could not yet. */
export function TimerNote({ state, serverNow }: TimerNoteProps) {
  const t = useTranslations('mutes.timer')
  const isLate = useServerClock(serverNow, (now) => isOverdue(state, now))
  if (typeof state.until !== 'number' || state.drift || state.pending) return null
  return (
    <p className={clsx('text-sm', isLate ? 'font-medium text-warning-text' : 'text-muted')}>
      {t(isLate ? 'late' : 'ahead')}
    </p>
  )
}
