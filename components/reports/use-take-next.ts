import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { use, useState } from 'react'
import { serverNow } from '@/components/ui/clock'
import { remainingAt } from '@/components/ui/remaining'
import { useRemainingFormat } from '@/components/ui/time'
import { toast } from '@/components/ui/toast-store'
import { answerOf, read } from '@/lib/read'
import { claimNextCaseAction } from '@/lib/reports/actions'
import { reportsKey } from '@/lib/reports/inquiry-query'
import type { TabCountsDto } from '@/lib/reports/queue-dtos'
import type { ReportCategory } from '@/lib/reports/rules'
import { CaseListContext } from './case-list-context'
import { keepClaim } from './claim-store'
import { caseHref } from './queue-href'

export type NextWish = {
  filters?: { connection: string; category: string } | undefined
  /** not this one, which is given back once another was found */
  except?: string | undefined
  onFound?: (() => Promise<unknown>) | undefined
}

/**
 * Takes the best case that nobody works on, and opens it, within the list that is looked at; says so where there is none.
 * Resolves with whether there was.
 */
export function useTakeNext({ filters, except, onFound }: NextWish) {
  const t = useTranslations('reports.queue')
  const errors = useTranslations('errors')
  const remaining = useRemainingFormat()
  const router = useRouter()
  const from = use(CaseListContext)
  const queryClient = useQueryClient()
  const [isBusy, setBusy] = useState(false)

  async function take(): Promise<boolean> {
    if (isBusy) return false
    setBusy(true)
    const { connection, category } = filters ?? {}
    const result = await answerOf(() =>
      claimNextCaseAction({
        ...(connection && { connection }),
        // The schema refuses what is none.
        ...(category && { category: category as ReportCategory }),
        except: except ?? null,
      }),
    )
    if (!result.ok) toast({ tone: 'danger', title: errors(`${result.error.code}.title`) })
    else if (result.data === null) await tellNone()
    else {
      keepClaim(result.data.caseId, result.data.claimToken)
      await onFound?.()
      const list = filters ? { tab: 'new' as const, ...filters } : from
      router.push(caseHref(result.data.caseId, list))
      void queryClient.invalidateQueries({ queryKey: reportsKey })
    }
    setBusy(false)
    return result.ok && result.data !== null
  }

  async function tellNone() {
    const counts = await read<TabCountsDto>('/api/reports/counts', {}).catch(() => null)
    const { held = 0, nextReturnAt = null } = counts ?? {}
    const rest =
      nextReturnAt === null ? '' : remaining(remainingAt(nextReturnAt, serverNow() ?? nextReturnAt))
    toast({ tone: 'success', title: t('nothingNext'), description: t('nothingNextAdvice', { held, rest }) })
  }

  return { take, isBusy }
}
