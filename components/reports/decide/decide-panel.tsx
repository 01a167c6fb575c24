'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { ReadError } from '@/lib/read'
import { decisionQueries } from '@/lib/reports/decision-queries'
import { type CaseStatus, openCaseStatuses } from '@/lib/reports/rules'
import { AppealPanel } from './appeal-panel'
import { DecideForm } from './decide-form'
import { DecisionResult } from './decision-result'
import { FileAppeal } from './file-appeal'
import type { DecideCase } from './use-decide'

/**
 * Where a case is decided: the two questions with what the ladder says, everything that will happen, one submit, and
 * what became of it with its undo. An appeal is answered here too. `version` is the one that the page shows; without a
 * `claimToken` the case must be nobody's: `holder`, if any, tells in whose hands it is, and then it is not decided here.
 */
export function DecidePanel({ holder, ...props }: DecideCase & { holder: ReactNode }) {
  const t = useTranslations('reports.decide')
  const work = useTranslations('reports.case.work')
  const { data: basis, error, refetch } = useQuery(decisionQueries.basis(props.caseId))
  return (
    <section
      aria-labelledby="decide"
      className="flex flex-col gap-3 rounded-panel border border-line bg-surface p-4"
    >
      <h2 id="decide" className="text-lg">
        {t('title')}
      </h2>
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
      {basis?.appeal && <AppealPanel {...props} basis={basis} appeal={basis.appeal} />}
      {basis && !basis.appeal && (
        <>
          {!basis.last && basis.status === 'closed' && <p>{t('closedWithout')}</p>}
          {basis.last && <DecisionResult decision={basis.last} mayUndo={basis.mayUndo} />}
          {basis.last?.canUndo && (
            <FileAppeal decision={basis.last} connection={basis.connection} accusedId={basis.accusedId} />
          )}
          {basis.mayDecide && (
            // Hidden and not gone while a decision is under way or somebody else has the case: what was typed stays.
            <div hidden={!isOpen(basis.status) || Boolean(holder)}>
              <DecideForm {...props} basis={basis} />
            </div>
          )}
        </>
      )}
    </section>
  )
}

function isOpen(status: CaseStatus): boolean {
  return openCaseStatuses.some((open) => open === status)
}
