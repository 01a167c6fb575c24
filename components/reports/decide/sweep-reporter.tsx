'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast-store'
import { answerOf } from '@/lib/read'
import { sweepReporterAction } from '@/lib/reports/actions'
import { decisionQueries } from '@/lib/reports/decision-queries'
import { reportsKey } from '@/lib/reports/inquiry-query'
import type { ReportMuteDays } from '@/lib/reports/report-mute-rules'
import type { ActionError } from '@/lib/result'
import { MuteReporter } from './mute-reporter'

type SweepReporterProps = { connection: string; reporterId: string; onClose: () => void }

/** For leads: finds all open reports of a reporter to be in bad faith, with their number before the click. */
export function SweepReporter({ connection, reporterId, onClose }: SweepReporterProps) {
  const t = useTranslations('reports.sweep')
  const queries = useQueryClient()
  const router = useRouter()
  const [muteDays, setMuteDays] = useState<ReportMuteDays | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError>()
  const { data } = useQuery(decisionQueries.sweep({ connection, reporterId }))

  async function sweep() {
    if (isBusy) return
    setBusy(true)
    const result = await answerOf(() =>
      sweepReporterAction({ connection, reporterId, ...(muteDays !== null && { muteDays }) }),
    )
    setBusy(false)
    setError(result.ok ? undefined : result.error)
    if (result.ok) {
      onClose()
      toast({ tone: 'success', title: t('done', result.data), description: t('doneWhat') })
    }
    await queries.invalidateQueries({ queryKey: reportsKey })
    router.refresh()
  }

  return (
    <div className="flex flex-col gap-2">
      {data && <p>{t('count', data)}</p>}
      <MuteReporter days={muteDays} onChange={setMuteDays} />
      {error && <ActionErrorPanel error={error} />}
      <div className="flex flex-wrap gap-2">
        <Button variant="danger" isBusy={isBusy || !data} onClick={() => void sweep()}>
          {t('sweep', { count: data?.reports ?? 0 })}
        </Button>
        <Button variant="ghost" onClick={() => onClose()}>
          {t('leave')}
        </Button>
      </div>
    </div>
  )
}
