'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { endStrandedMutesAction } from '@/lib/mutes/actions'

/** Closes the changes that a connection left behind, and tells how many. */
export function CloseStranded({ connection }: { connection: string }) {
  const t = useTranslations('mutes.stranded')
  const errors = useTranslations('errors')
  const router = useRouter()
  const [isBusy, setIsBusy] = useState(false)

  async function close() {
    setIsBusy(true)
    const result = await endStrandedMutesAction({ connection }).catch(() => null)
    setIsBusy(false)
    if (!result?.ok)
      return toast({ title: errors(`${result?.error.code ?? 'INTERNAL'}.title`), tone: 'danger' })
    const { ended, left } = result.data
    toast({
      title: t('closed', { count: ended }),
      tone: left > 0 ? 'neutral' : 'success',
      ...(left > 0 && { description: t('left', { count: left }) }),
    })
    router.refresh()
  }

  return (
    <Button isBusy={isBusy} onClick={() => void close()}>
      {t('close')}
    </Button>
  )
}
