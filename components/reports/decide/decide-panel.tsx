'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { ReadError } from '@/lib/read'
import { decisionQueries } from '@/lib/reports/decision-queries'
import { type CaseStatus, openCaseStatuses } from '@/lib/reports/rules'
import { DecideHolder } from '../decide-holder'
import type { DecideCase } from './use-decide'

// Each where a case has come so far.
const AppealPanel = lazy(async () => ({ default: (await import('./appeal-panel')).AppealPanel }))
const DecideForm = lazy(async () => ({ default: (await import('./decide-form')).DecideForm }))
const DecisionResult = lazy(async () => ({ default: (await import('./decision-result')).DecisionResult }))
const FileAppeal = lazy(async () => ({ default: (await import('./file-appeal')).FileAppeal }))

type DecidePanelProps = DecideCase & {
  /** false: it was passed to the leads, and whoever looks is none */
  isInReach: boolean
  elsewhere: ComponentProps<typeof DecideHolder> | null
}

/**
 * Where a case is decided: the two questions with what the ladder says, everything that will happen, one submit, and
 * what became of it with its undo. An appeal is answered here too. `version` is the one that the page shows; without a
 * `claimToken` the case must be nobody's: `elsewhere`, if any, is in whose hands it is, and then it is not decided here.
 */
export function DecidePanel({ isInReach, elsewhere, ...props }: DecidePanelProps) {
  const t = useTranslations('reports.decide')
  const work = useTranslations('reports.case.work')
  const { data: basis, error, refetch } = useQuery(decisionQueries.basis(props.caseId))
  const holder = isInReach ? (
    elsewhere && <DecideHolder {...elsewhere} />
  ) : (
    <p className="text-muted">{work('leadsOnly')}</p>
  )
  const isFree = basis?.mayDecide === true && isOpen(basis.status) && !holder
  const [hasForm, setHasForm] = useState(false)
  if (isFree && !hasForm) setHasForm(true)
  return (
    <>
      {!basis && error instanceof ReadError && (
        <ActionErrorPanel
          isRead
          error={error.error}
          actions={<Button onClick={() => void refetch()}>{t('again')}</Button>}
        />
      )}
      {!basis && !error && <Skeleton className="h-40 w-full" />}
      {basis &&
        isOpen(basis.status) &&
        (basis.mayDecide ? holder : <p className="text-muted">{work('readOnly')}</p>)}
      {basis?.appeal && (
        <Suspense fallback={<Skeleton lines={6} />}>
          <AppealPanel {...props} basis={basis} appeal={basis.appeal} />
        </Suspense>
      )}
      {basis && !basis.appeal && (
        <>
          {!basis.last && basis.status === 'closed' && <p>{t('closedWithout')}</p>}
          {basis.last && (
            <Suspense fallback={<Skeleton lines={2} />}>
              <DecisionResult decision={basis.last} mayUndo={basis.mayUndo} />
              {basis.last.canUndo && (
                <FileAppeal decision={basis.last} connection={basis.connection} accusedId={basis.accusedId} />
              )}
            </Suspense>
          )}
          {hasForm && (
            // Hidden and not gone while a decision is under way or somebody else has the case: what was typed stays.
            <div hidden={!isFree}>
              <Suspense fallback={<Skeleton lines={6} />}>
                <DecideForm {...props} basis={basis} />
              </Suspense>
            </div>
          )}
        </>
      )}
    </>
  )
}

function isOpen(status: CaseStatus): boolean {
  return openCaseStatuses.some((open) => open === status)
}
