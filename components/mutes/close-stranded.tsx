'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { toast } from '@/components/ui/toast-store'
import { endStrandedMutesAction } from '@/lib/mutes/actions'
import { answerOf } from '@/lib/read'

type CloseStrandedProps = { connection: string; count: number }

/** Closes the changes that a connection left behind, once that is confirmed, and tells how many. */
export function CloseStranded({ connection, count }: CloseStrandedProps) {
  const t = useTranslations('mutes.stranded')
  const common = useTranslations('common.actions')
  const errors = useTranslations('errors')
  const router = useRouter()
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)

  async function close() {
    setIsAsking(false)
    setIsBusy(true)
    const result = await answerOf(() => endStrandedMutesAction({ connection }))
    setIsBusy(false)
    if (!result.ok) return toast({ title: errors(`${result.error.code}.title`), tone: 'danger' })
    const { ended, left } = result.data
    toast({
      title: t('closed', { count: ended }),
      tone: left > 0 ? 'neutral' : 'success',
      ...(left > 0 && { description: t('left', { count: left }) }),
    })
    router.refresh()
  }

  return (
    <>
      <Button isBusy={isBusy} onClick={() => setIsAsking(true)}>
        {t('close')}
      </Button>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={t('askTitle', { connection, count })}
        description={t('askText')}
        footer={
          <>
            <Button onClick={() => setIsAsking(false)}>{common('cancel')}</Button>
            <Button variant="danger" onClick={() => void close()}>
              {t('close')}
            </Button>
          </>
        }
      />
    </>
  )
}
