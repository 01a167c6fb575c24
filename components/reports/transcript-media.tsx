'use client'

import { EyeOff } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { SafeText } from '@/components/ui/safe-text'
import type { MessageDto } from '@/lib/reports/case-schemas'
import { SafeLines } from './safe-lines'

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
      {kind === 'mixed' && text && <SafeLines text={text} />}
      <p className="flex items-center gap-1.5 text-muted">
        <EyeOff aria-hidden className="size-4" />
        {t(`kinds.${kind}`)}
      </p>
      <Button variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'hide' : 'reveal')}
      </Button>
      {isOpen && kind !== 'mixed' && text && <SafeLines text={text} />}
      {isOpen && files.length === 0 && <p className="text-sm text-muted">{t(text ? 'noMedia' : 'noText')}</p>}
      {isOpen &&
        files.map((file, index) => (
          <MessageFile
            // biome-ignore lint/suspicious/noArrayIndexKey: its place is what a kept file is known by
            key={index}
            file={file}
            src={
              caseId !== null && file.kind === 'image'
                ? `/api/reports/${caseId}/file?${new URLSearchParams({ messageId: message.messageId, index: String(index) })}`
                : null
            }
          />
        ))}
    </div>
  )
}

/** A picture, fetched by the server now that it is asked for; of any other file its name and size alone. */
function MessageFile({ file, src }: { file: MessageDto['files'][number]; src: string | null }) {
  const t = useTranslations('reports.case.transcript.file')
  const format = useFormatter()
  const [isBroken, setBroken] = useState(false)
  const { name, sizeBytes } = file
  return (
    <div className="flex flex-col items-start gap-1 text-sm">
      {(name !== null || sizeBytes !== null) && (
        <p className="text-muted">
          {name !== null && <SafeText text={name} maxLength={80} />}{' '}
          {sizeBytes !== null &&
            t('size', {
              kilobytes: format.number(Math.ceil(sizeBytes / 1_024), { maximumFractionDigits: 0 }),
            })}
        </p>
      )}
      {src !== null && !isBroken && (
        // biome-ignore lint/performance/noImgElement: the route already gives what is shown, and nothing is optimised here
        <img
          src={src}
          alt={t('alt')}
          decoding="async"
          className="max-h-96 max-w-full rounded-control border border-line"
          onError={() => setBroken(true)}
        />
      )}
      {src === null && <p className="text-muted">{t('closed')}</p>}
      {isBroken && (
        <p role="status" className="text-muted">
          {t('broken')}
        </p>
      )}
    </div>
  )
}
