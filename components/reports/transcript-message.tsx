'use client'

import { clsx } from 'clsx'
import { Eye, EyeOff, Flag, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { SafeText } from '@/components/ui/safe-text'
import { AbsoluteTime, useInstantFormat } from '@/components/ui/time'
import type { MessageDto } from '@/lib/reports/case-schemas'
import { SafeLines } from './safe-lines'
import { SideFrame } from './side-frame'

type TranscriptMessageProps = {
  message: Omit<MessageDto, 'takenAt'>
  /** of one that is not kept: when it was read for this one look, epoch ms */
  readAt?: number
  serverNow: number
}

/**
 * One message as it was kept, or as it was read just now: whose, when, what, whether it was reported and whether it is
 * gone since.
 */
export function TranscriptMessage({ message, readAt, serverNow }: TranscriptMessageProps) {
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
      {kind === 'text' ? <SafeLines text={text ?? ''} /> : <Media kind={kind} text={text} />}
    </li>
  )
}

/** What is no text: only its kind in words, until somebody asks for what is kept of it. Nothing is fetched. */
function Media({ kind, text }: Pick<MessageDto, 'kind' | 'text'>) {
  const t = useTranslations('reports.case.transcript')
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="flex flex-col items-start gap-1">
      <p className="flex items-center gap-1.5 text-muted">
        <EyeOff aria-hidden className="size-4" />
        {t(`kinds.${kind}`)}
      </p>
      <Button variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'hide' : 'reveal')}
      </Button>
      {isOpen &&
        (text ? (
          <>
            <SafeLines text={text} />
            <p className="text-sm text-muted">{t('noMedia')}</p>
          </>
        ) : (
          <p className="text-sm text-muted">{t('noText')}</p>
        ))}
    </div>
  )
}
