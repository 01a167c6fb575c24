'use client'

import { clsx } from 'clsx'
import { Eye, Flag, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { Badge } from '@/components/ui/badge'
import { SafeText } from '@/components/ui/safe-text'
import { Skeleton } from '@/components/ui/skeleton'
import { AbsoluteTime, useInstantFormat } from '@/components/ui/time'
import type { MessageDto } from '@/lib/reports/case-schemas'
import { MessageText } from './message-text'
import { SideFrame } from './side-frame'

/** Most messages are text. */
const TranscriptMedia = lazy(async () => ({ default: (await import('./rare-parts')).TranscriptMedia }))

type TranscriptMessageProps = {
  message: Omit<MessageDto, 'takenAt' | 'isAfterGap'>
  /** of the case that has it; absent: it is not kept */
  caseId?: string
  /** of one that is not kept: when it was read for this one look, epoch ms */
  readAt?: number
  serverNow: number
}

/**
 * One message as it was kept, or as it was read just now: whose, when, what, whether it was reported and whether it is
 * gone since.
 */
export function TranscriptMessage({ message, caseId, readAt, serverNow }: TranscriptMessageProps) {
  const t = useTranslations('reports.case.transcript')
  const { short } = useInstantFormat()
  const { sender, side, kind, text, isReported, goneAt, state } = message
  return (
    <li
      data-message-id={message.messageId}
      data-reported={isReported}
      data-kept={readAt === undefined}
      className={clsx(
        'max-w-[95%] rounded-control border px-2 py-1',
        side === 'accused' ? 'self-start' : 'self-end',
        isReported ? 'border-2 border-warning-text bg-warning-soft' : 'border-line bg-surface',
        readAt !== undefined && 'border-dashed border-line-strong',
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <SideFrame side={side}>
          <SafeText text={sender.nickname || sender.userId} maxLength={32} />
        </SideFrame>
        <AbsoluteTime at={message.sentAt} serverNow={serverNow} className="text-muted" />
        {isReported && (
          <Badge tone="warning" icon={<Flag aria-hidden />}>
            {t('reported')}
          </Badge>
        )}
        {goneAt !== null && (
          <Badge tone="danger" icon={<Trash2 aria-hidden />}>
            {t('gone', { time: short(goneAt, serverNow) })}
          </Badge>
        )}
        {readAt !== undefined && (
          <Badge icon={<Eye aria-hidden />}>{t('history.notKept', { time: short(readAt, serverNow) })}</Badge>
        )}
        {state !== 'present' && <Badge icon={<Trash2 aria-hidden />}>{t(state)}</Badge>}
      </div>
      {kind === 'text' ? (
        <MessageText text={text ?? ''} />
      ) : (
        <Suspense fallback={<Skeleton lines={2} />}>
          <TranscriptMedia message={message} caseId={caseId ?? null} />
        </Suspense>
      )}
    </li>
  )
}
