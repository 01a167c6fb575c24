import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { use, useState } from 'react'
import { toast } from '@/components/ui/toast-store'
import { answerOf } from '@/lib/read'
import { undoDecisionAction } from '@/lib/reports/actions'
import type { DecisionBasisDto, DecisionDto } from '@/lib/reports/decision-dtos'
import { reportsKey } from '@/lib/reports/inquiry-query'
import { CaseListContext } from '../case-list-context'
import { caseHref } from '../queue-href'
import { useTakeNext } from '../use-take-next'

const storageKey = 'hushdesk.advance'
/** As long as messages are held, so that an undo stops them too. */
const undoMs = 15_000

/** Whether a decision leads to the next case: off until somebody wants it, and then kept in this browser. */
export function useAdvance({ caseId, number }: DecisionBasisDto) {
  const t = useTranslations('reports.decide')
  const errors = useTranslations('errors')
  const router = useRouter()
  const queries = useQueryClient()
  const { take } = useTakeNext({ except: caseId })
  const [isOn, setOn] = useState(isKept)
  const href = caseHref(caseId, use(CaseListContext))

  async function undo(decisionId: string) {
    const result = await answerOf(() => undoDecisionAction({ decisionId }))
    if (!result.ok) toast({ tone: 'danger', title: errors(`${result.error.code}.title`) })
    await queries.invalidateQueries({ queryKey: reportsKey })
    router.push(href)
  }

  return {
    isOn,
    setOn(next: boolean) {
      setOn(next)
      keep(next)
    },
    /**
     * Goes on to the next case, if there is one, once this decision is carried out; what failed or is not known yet is
     * stayed with.
     */
    async goOn({ id, status }: DecisionDto) {
      if (!isOn || status !== 'applied' || !(await take())) return
      toast({
        tone: 'success',
        title: t('advance.done', { number }),
        link: { label: t('advance.view'), href },
        action: {
          label: t('result.undoNow'),
          altText: t('advance.altText', { number }),
          undoLabel: t('result.undoNow'),
          onSelect: () => void undo(id),
        },
        durationMs: undoMs,
      })
    },
  }
}

function isKept(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'on'
  } catch {
    return false
  }
}

function keep(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(storageKey, 'on')
    else localStorage.removeItem(storageKey)
  } catch {
    // Storage can be forbidden; the switch then holds for this case alone.
  }
}
