'use client'

import { EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { MessageDto } from '@/lib/reports/case-schemas'
import { MessageFile } from './message-file'
import { MessageText } from './message-text'

type TranscriptMediaProps = {
  message: Pick<MessageDto, 'messageId' | 'kind' | 'text' | 'files'>
  /** of the case that keeps it; null: it is not kept, and its files cannot be fetched */
  caseId: string | null
}

/** A message that is not only text: its text first, its files in words until somebody asks to see them. */
export function TranscriptMedia({ message, caseId }: TranscriptMediaProps) {
  const t = useTranslations('reports.case.transcript')
  const [isOpen, setOpen] = useState(false)
  const { kind, text, files } = message
  return (
    <div className="flex flex-col items-start gap-1">
      {kind === 'mixed' && text && <MessageText text={text} />}
      <p className="flex items-center gap-1.5 text-muted">
        <EyeOff aria-hidden className="size-4" />
        {t(`kinds.${kind}`)}
      </p>
      <Button variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'hide' : 'reveal')}
      </Button>
      {isOpen && kind !== 'mixed' && text && <MessageText text={text} />}
      {isOpen && files.length === 0 && <p className="text-sm text-muted">{t(text ? 'noMedia' : 'noText')}</p>}
      {isOpen &&
        files.map((file, index) => (
          <MessageFile
            // biome-ignore lint/suspicious/noArrayIndexKey: its place is what a kept file is known by
            key={index}
            file={file}
            src={
              caseId !== null
                ? `/api/reports/${caseId}/file?${new URLSearchParams({ messageId: message.messageId, index: String(index) })}`
                : null
            }
          />
        ))}
    </div>
  )
}
