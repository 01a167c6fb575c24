'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useEffect, useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { Role } from '@/lib/auth/roles'
import { bulkMuteQueries } from '@/lib/bulk-mutes/query-options'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { muteQueries } from '@/lib/mutes/query-options'
import { ReadError } from '@/lib/read'
import { RunFacts } from './run-facts'
import { RunItems } from './run-items'
import { rightsOver } from './run-model'
import { useRunCommands } from './use-run-commands'

// A run is in one of them at a time, and mostly long over.
const RunProspect = lazy(async () => ({ default: (await import('./run-prospect')).RunProspect }))
const RunProgress = lazy(async () => ({ default: (await import('./run-progress')).RunProgress }))
const RunResult = lazy(async () => ({ default: (await import('./run-result')).RunResult }))
const ConnectionGone = lazy(async () => ({ default: (await import('./connection-gone')).ConnectionGone }))

/** The whole life of a run over many accounts: its preview, its approval, its progress and its result. */
export function RunScreen({ bulkId, role }: { bulkId: string; role: Role }) {
  const t = useTranslations('bulkMutes')
  const common = useTranslations('common.actions')
  const { data: run, error, refetch } = useQuery(bulkMuteQueries.one(bulkId))
  const commands = useRunCommands(bulkId)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  useMutesRefresh(run)

  if (!run) {
    return error instanceof ReadError ? (
      <ActionErrorPanel
        error={error.error}
        isRead
        actions={<Button onClick={() => void refetch()}>{t('retryRead')}</Button>}
      />
    ) : (
      <Skeleton lines={9} />
    )
  }
  const rights = rightsOver(run, role)
  const problem = (['end', 'userIds'] as const).find((field) => commands.error?.fields?.[field])
  const isWaiting = ['previewing', 'previewed', 'awaiting_approval'].includes(run.status)
  const isOver = run.status === 'done' || run.status === 'cancelled'

  function choose(choices: readonly string[], isChosen: boolean) {
    setChosen((before) => {
      const after = new Set(before)
      for (const choice of choices) isChosen ? after.add(choice) : after.delete(choice)
      return after
    })
  }

  return (
    <div data-bulk-id={bulkId} data-status={run.status} className="mx-auto flex max-w-6xl flex-col gap-3">
      <RunFacts run={run} />
      {commands.error && (
        <ActionErrorPanel
          error={commands.error}
          actions={<Button onClick={commands.forget}>{common('dismiss')}</Button>}
        >
          {problem && <p>{t(`problems.${problem}`)}</p>}
        </ActionErrorPanel>
      )}
      <Suspense fallback={<Skeleton lines={4} />}>
        {run.isConnectionGone && <ConnectionGone run={run} />}
        {isWaiting && <RunProspect run={run} rights={rights} commands={commands} />}
        {(run.status === 'running' || run.status === 'paused') && (
          <RunProgress run={run} rights={rights} commands={commands} />
        )}
        {isOver && <RunResult run={run} rights={rights} commands={commands} chosen={chosen} />}
      </Suspense>
      {run.status !== 'previewing' && (
        <RunItems
          run={run}
          {...(rights.retry || rights.undo ? { choice: { chosen, onChoose: choose } } : {})}
        />
      )}
    </div>
  )
}

/** With each account that has its outcome, what was read about mutes before is no longer so. */
function useMutesRefresh(run: BulkMuteDto | undefined) {
  const queryClient = useQueryClient()
  const settled = run && `${run.states.applied} ${run.states.rejected}`
  useEffect(() => {
    if (settled !== undefined)
      void queryClient.invalidateQueries({ queryKey: muteQueries.all(), refetchType: 'none' })
  }, [queryClient, settled])
}
