'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { useServerNow } from '@/components/ui/clock'
import { AbsoluteTime } from '@/components/ui/time'
import type { MuteStateDto } from '@/lib/mutes/schemas'

type RenewalNoteProps = { renewal: NonNullable<MuteStateDto['renewal']>; serverNow: number }

/** That the provider does not hold a mute to its end, and when the console renews it, or that it could not in time. */
export function RenewalNote({ renewal: { dueAt, heldUntil }, serverNow }: RenewalNoteProps) {
  const t = useTranslations('mutes.renewal')
  const now = useServerNow(serverNow, 'minute')
  const stage = now < dueAt ? 'next' : now < heldUntil ? 'due' : 'late'
  const at = stage === 'next' ? dueAt : heldUntil
  return (
    <p className={clsx('text-sm', stage === 'late' ? 'font-medium text-warning-text' : 'text-muted')}>
      {t.rich(stage, { time: () => <AbsoluteTime at={at} serverNow={serverNow} /> })}
    </p>
  )
}
