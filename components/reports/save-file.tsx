import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { FileTrouble } from './find-file-trouble'

type SaveFileProps = { src: string; onTrouble: (trouble: FileTrouble | null) => void }

/**
 * Saves a file of a message. It is fetched by script, so that one that has expired is said here and saved nowhere; the
 * button stays, to be pressed again.
 */
export function SaveFile({ src, onTrouble }: SaveFileProps) {
  const t = useTranslations('reports.case.transcript.file')
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    onTrouble(null)
    try {
      const response = await fetch(src, { cache: 'no-store' })
      if (response.ok) saveAs(await response.blob(), nameOf(response.headers.get('content-disposition')))
      else onTrouble(response.status === 404 ? 'broken' : 'failed')
    } catch {
      onTrouble('failed')
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button icon={<Download aria-hidden className="size-4" />} isBusy={isBusy} onClick={() => void save()}>
        {t('save')}
      </Button>
      <p className="text-muted">{t('careful')}</p>
    </>
  )
}

function saveAs(blob: Blob, name: string) {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers read it only after this.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** The name that the server made harmless. */
function nameOf(disposition: string | null): string {
  const [, name = ''] = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '') ?? []
  return decodeURIComponent(name) || 'file'
}
