'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, use, useState } from 'react'
import { Skeleton } from '@/components/ui/skeleton'
import type { AccountDto } from '@/lib/accounts/schemas'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { CaseViewDto } from '@/lib/reports/case-schemas'
import { reportQueries } from '@/lib/reports/query-options'
import { Accusation } from './accusation'
import { CaseFacts } from './case-facts'
import { BackToList, ListWays } from './case-list'
import { CaseListContext } from './case-list-context'
import { CaseMutesPlace } from './case-mutes-place'
import { CaseNotes } from './case-notes'
import { CaseViewers } from './case-viewers'
import { CaseWork } from './case-work'
import { DecideSlot } from './decide-slot'
import { LinkedAccounts } from './linked-accounts'
import { LiveCases } from './live-cases'
import { type CaseList, caseHref } from './queue-href'
import { RecheckEvidence } from './recheck-evidence'
import { ReportList } from './report-list'
import { SimilarCases } from './similar-cases'
import { Transcript } from './transcript'
import { useCaseCommands } from './use-case-commands'
import { isInReachOf } from './work-stand'

/** Loaded by itself: it asks the provider, and reading the case does not wait for that. */
const CaseMutes = lazy(async () => ({ default: (await import('./case-mutes')).CaseMutes }))
/** Few cases were passed on or part of a run, and few accused have other accounts that are known. */
const NeedsLead = lazy(async () => ({ default: (await import('./rare-parts')).NeedsLead }))
const CaseRuns = lazy(async () => ({ default: (await import('./rare-parts')).CaseRuns }))
const LinkedList = lazy(async () => ({ default: (await import('./rare-parts')).LinkedList }))

type CaseScreenProps = {
  caseId: string
  /** the list that it was opened from */
  list: CaseList | null
  actor: Pick<Actor, 'id' | 'role'>
  connections: readonly AccountDto['connection'][]
}

/** A case in the browser: the accusation, the evidence with the decision below it on the left, the accused on the right. */
export function CaseScreen({ caseId, list, actor, connections }: CaseScreenProps) {
  const { data } = useQuery(reportQueries.one(caseId))
  return data ? (
    <CaseListContext value={list}>
      <LoadedCase view={data} actor={actor} connections={connections} />
    </CaseListContext>
  ) : (
    <Skeleton lines={9} />
  )
}

type LoadedCaseProps = Omit<CaseScreenProps, 'caseId' | 'list'> & {
  view: CaseViewDto
}

function LoadedCase({ view, actor, connections }: LoadedCaseProps) {
  const t = useTranslations('reports.case')
  const statuses = useTranslations('reports.statuses')
  const commands = useCaseCommands(view.case)
  const [isTyping, setTyping] = useState(false)
  const list = use(CaseListContext)
  const { serverNow } = view
  const connection = connections.find(({ key }) => key === view.case.connection)
  const canWork = hasPermission(actor.role, 'reports:work')
  return (
    <div data-case-id={view.case.id} className="mx-auto flex max-w-7xl flex-col gap-3">
      <div className="flex items-start gap-x-3 gap-y-1 max-sm:flex-col">
        <div className="flex min-h-control min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
          <BackToList caseId={view.case.id} />
          <h1 className="text-xl">{t('title', { number: view.case.number })}</h1>
          <span className="text-muted">{statuses(view.case.status)}</span>
          {view.case.needsLead && (
            <Suspense>
              <NeedsLead />
            </Suspense>
          )}
          <SimilarCases one={view.case} role={actor.role} />
          <CaseViewers caseId={view.case.id} version={view.case.version} isTyping={isTyping} />
          <LiveCases caseId={view.case.id} isBusy={commands.busy !== null} />
        </div>
        <ListWays caseId={view.case.id} />
      </div>
      {view.mergedInto && (
        <p>
          {t.rich('merged', {
            number: view.mergedInto.number,
            link: (chunks) => (
              <Link className="text-accent-text underline" href={caseHref(view.mergedInto?.id ?? '', list)}>
                {chunks}
              </Link>
            ),
          })}
        </p>
      )}
      <RecheckEvidence caseId={view.case.id} />
      <Accusation view={view} connection={connection} />
      <CaseWork one={view.case} serverNow={serverNow} role={actor.role} commands={commands} />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-3">
          <Transcript
            caseId={view.case.id}
            first={view.transcript}
            reports={view.reports}
            canWork={canWork}
            serverNow={serverNow}
          />
          <ReportList
            reports={view.reports}
            linked={view.linked}
            count={view.case.reportCount}
            connection={view.case.connection}
            canSweep={hasPermission(actor.role, 'reports:lead')}
            serverNow={serverNow}
          />
          {view.case.status !== 'merged' && (
            <DecideSlot
              one={view.case}
              serverNow={serverNow}
              canWork={canWork}
              isInReach={isInReachOf(view.case, actor.role)}
              commands={commands}
            />
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          {connection && (
            <Suspense fallback={<CaseMutesPlace one={view.case} connection={connection} />}>
              <CaseMutes one={view.case} connection={connection} actor={actor} />
            </Suspense>
          )}
          <LinkedAccounts
            account={{ connection: view.case.connection, userId: view.case.accused.userId }}
            linked={view.linked}
            connections={connections}
            actor={actor}
          >
            <Suspense fallback={<Skeleton lines={3} />}>
              <LinkedList
                linked={view.linked}
                serverNow={serverNow}
                home={view.case.connection}
                connections={connections}
              />
            </Suspense>
          </LinkedAccounts>
          {view.runs.length > 0 && (
            <Suspense fallback={<Skeleton lines={3} />}>
              <CaseRuns runs={view.runs} serverNow={serverNow} />
            </Suspense>
          )}
          <CaseNotes
            caseId={view.case.id}
            notes={view.notes}
            serverNow={serverNow}
            canWork={canWork}
            commands={commands}
            onTyping={setTyping}
          />
          <CaseFacts view={view} />
        </div>
      </div>
      <ListWays isFoot caseId={view.case.id} />
    </div>
  )
}
