'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { safePlain } from '@/components/ui/safe-text'
import { toast } from '@/components/ui/toast-store'
import { answerOf } from '@/lib/read'
import { liftReportMuteAction } from '@/lib/reports/actions'
import type { ActionError } from '@/lib/result'

/** Has a reporter's reports worked on again. */
export function LiftReportMute({ reportMuteId, reporterId }: { reportMuteId: string; reporterId: string }) {
  const t = useTranslations('reports.setAside')
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError>()
  async function lift() {
    if (isBusy) return
    setBusy(true)
    const result = await answerOf(() => liftReportMuteAction({ reportMuteId }))
    setBusy(false)
    setError(result.ok ? undefined : result.error)
    if (result.ok) toast({ tone: 'success', title: t('done') })
    router.refresh()
  }
  return (
    <>
      {error && <ActionErrorPanel error={error} />}
      <Button isBusy={isBusy} className="self-start" onClick={() => void lift()}>
        {t('lift', { name: safePlain(reporterId, 40) })}
      </Button>
    </>
  )
}
