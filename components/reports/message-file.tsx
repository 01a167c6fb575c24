import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { SafeText } from '@/components/ui/safe-text'
import type { MessageDto } from '@/lib/reports/case-schemas'
import { type FileTrouble, findFileTrouble } from './find-file-trouble'
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
  const [trouble, setTrouble] = useState<FileTrouble | null>(null)
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
      {src !== null && file.kind === 'file' && <SaveFile src={src} onTrouble={setTrouble} />}
      {src !== null && file.kind !== 'file' && (
        <Played kind={file.kind} src={src} isHidden={trouble !== null} onTrouble={setTrouble} />
      )}
      {src === null && <p className="text-muted">{t('closed')}</p>}
      <p role="status" className="text-muted">
        {trouble && t(`${trouble}.${file.kind}`)}
      </p>
    </div>
  )
}

type PlayedProps = {
  kind: Exclude<MessageDto['files'][number]['kind'], 'file'>
  src: string
  /** it got nothing: a broken picture or a dead player says less than the words below it */
  isHidden: boolean
  onTrouble: (trouble: FileTrouble | null) => void
}

/** What is shown or played is hidden when it fails, and has a button from then on that loads it again. */
function Played({ kind, src, isHidden, onTrouble }: PlayedProps) {
  const t = useTranslations('reports.case.transcript.file')
  const [tries, setTries] = useState(0)
  const [hasFailed, setFailed] = useState(false)
  const onError = async () => {
    setFailed(true)
    onTrouble(await findFileTrouble(src))
  }
  const again = () => {
    onTrouble(null)
    setTries(tries + 1)
  }
  return (
    <>
      <div hidden={isHidden} className="max-w-full">
        <Shown key={tries} kind={kind} src={src} onError={() => void onError()} />
      </div>
      {hasFailed && <Button onClick={again}>{t('again')}</Button>}
    </>
  )
}

type ShownProps = Omit<PlayedProps, 'isHidden' | 'onTrouble'> & { onError: () => void }

function Shown({ kind, src, onError }: ShownProps) {
  const t = useTranslations('reports.case.transcript.file')
  const frame = 'max-h-96 max-w-full rounded-control border border-line'
  switch (kind) {
    case 'image':
      return (
        // biome-ignore lint/performance/noImgElement: the route already gives what is shown, and nothing is optimised here
        <img src={src} alt={t('alt')} decoding="async" className={frame} onError={onError} />
      )
    case 'audio':
      return (
        // biome-ignore lint/a11y/useMediaCaption: what people sent each other has no captions
        <audio controls preload="none" src={src} aria-label={t('sound')} onError={onError} />
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
          onError={onError}
        />
      )
  }
}
