import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { SafeText } from '@/components/ui/safe-text'
import type { MessageDto } from '@/lib/reports/case-schemas'
import { SaveFile } from './save-file'

type MessageFileProps = {
  file: MessageDto['files'][number]
  /** null: it is of a message that is not kept, and cannot be fetched */
  src: string | null
}

/** A file of a message, fetched by the server now that it is asked for: a picture at once, the rest by a further press. */
export function MessageFile({ file, src }: MessageFileProps) {
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
      {src !== null && !isBroken && <Shown kind={file.kind} src={src} onBroken={() => setBroken(true)} />}
      {src === null && <p className="text-muted">{t('closed')}</p>}
      {isBroken && (
        <p role="status" className="text-muted">
          {t(`broken.${file.kind}`)}
        </p>
      )}
    </div>
  )
}

type ShownProps = { kind: MessageDto['files'][number]['kind']; src: string; onBroken: () => void }

function Shown({ kind, src, onBroken }: ShownProps) {
  const t = useTranslations('reports.case.transcript.file')
  const frame = 'max-h-96 max-w-full rounded-control border border-line'
  switch (kind) {
    case 'image':
      return (
        // biome-ignore lint/performance/noImgElement: the route already gives what is shown, and nothing is optimised here
        <img src={src} alt={t('alt')} decoding="async" className={frame} onError={onBroken} />
      )
    case 'audio':
      return (
        // biome-ignore lint/a11y/useMediaCaption: what people sent each other has no captions
        <audio controls preload="none" src={src} aria-label={t('sound')} onError={onBroken} />
      )
    case 'video':
      return (
        // biome-ignore lint/a11y/useMediaCaption: what people sent each other has no captions
        <video
          controls
          playsInline
          preload="none"
          src={src}
          aria-label={t('video')}
          className={frame}
          onError={onBroken}
        />
      )
    case 'file':
      return <SaveFile src={src} onBroken={onBroken} />
  }
}
