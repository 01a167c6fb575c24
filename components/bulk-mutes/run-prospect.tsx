'use client'

import { Play, RefreshCw, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { FailureText, failureCode } from '@/components/mutes/failure-text'
import { useEndWords } from '@/components/mutes/words'
import { Button } from '@/components/ui/button'
import { useServerNow } from '@/components/ui/clock'
import { Skeleton } from '@/components/ui/skeleton'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { type RunRights, secondsLeft } from './run-model'
import { startLabel } from './start-label'
import type { RunCommands } from './use-run-commands'
import { useRunWords } from './use-run-words'

const StartDialog = lazy(async () => ({ default: (await import('./run-dialogs')).StartDialog }))
const CancelDialog = lazy(async () => ({ default: (await import('./run-dialogs')).CancelDialog }))

type RunProspectProps = { run: BulkMuteDto; rights: RunRights; commands: RunCommands }

/** A run that was not started: what it would do, how long that takes, and the ways to start, approve or discard it. */
export function RunProspect({ run, rights, commands }: RunProspectProps) {
  const t = useTranslations('bulkMutes')
  const words = useRunWords()
  const { length } = useEndWords()
  const now = useServerNow(run.serverNow, 'minute')
  const [dialog, setDialog] = useState<'start' | 'cancel' | null>(null)
  const seconds = secondsLeft(run, null)
  const isKnown = run.status !== 'previewing'
  const what = words.what(run, now)

  async function confirm() {
    if (run.token === null) return
    await (run.status === 'awaiting_approval' ? commands.approve(run.token) : commands.start(run.token))
    setDialog(null)
  }

  async function discard() {
    await commands.cancel()
    setDialog(null)
  }

  return (
    <section className="flex flex-col gap-3 rounded-panel border border-line bg-surface p-3">
      {!isKnown && <Previewing run={run} />}
      {isKnown && run.doing === 0 && (
        <p className="font-semibold">{t(run.userId === null ? 'prospect.nothing' : 'inGroups.nothing')}</p>
      )}
      {isKnown && run.doing > 0 && (
        <div>
          {!(rights.start || rights.approve) && <p className="text-lg font-semibold">{what}</p>}
          <p className="tabular-nums">
            {seconds === null
              ? t('prospect.calls', { calls: run.callsLeft })
              : t('prospect.estimate', { calls: run.callsLeft, time: length(Math.max(1, seconds)) })}
            {run.status === 'previewed' && ` · ${t('prospect.nothingSent')}`}
          </p>
        </div>
      )}
      {run.isPartial && <p className="text-warning-text">{t('inGroups.partial', { count: run.total })}</p>}
      <Approval run={run} rights={rights} />
      <div className="flex flex-wrap gap-2">
        {(rights.start || rights.approve) && (
          <Button
            variant="primary"
            icon={<Play aria-hidden className="size-4 shrink-0" />}
            isBusy={commands.busy === 'start' || commands.busy === 'approve'}
            onClick={() => setDialog('start')}
          >
            {startLabel(run, what, t)}
          </Button>
        )}
        {rights.previewAgain && (
          <Button
            icon={<RefreshCw aria-hidden className="size-4" />}
            isBusy={commands.busy === 'previewAgain'}
            onClick={() => void commands.previewAgain()}
          >
            {t('commands.previewAgain')}
          </Button>
        )}
        {rights.cancel && (
          <Button
            icon={<Trash2 aria-hidden className="size-4" />}
            isBusy={commands.busy === 'cancel'}
            onClick={() => setDialog('cancel')}
          >
            {t('commands.discard')}
          </Button>
        )}
      </div>
      {dialog && (
        <Suspense>
          <StartDialog
            run={run}
            isOpen={dialog === 'start' && run.token !== null}
            isBusy={commands.busy !== null}
            onClose={() => setDialog(null)}
            onConfirm={confirm}
          />
          <CancelDialog
            run={run}
            isOpen={dialog === 'cancel'}
            isBusy={commands.busy !== null}
            onClose={() => setDialog(null)}
            onConfirm={discard}
          />
        </Suspense>
      )}
    </section>
  )
}

function Previewing({ run: { userId, total, previewFailure, connection } }: { run: BulkMuteDto }) {
  const bulk = useTranslations('bulkMutes')
  const t = useTranslations('bulkMutes.previewing')
  if (!previewFailure) {
    return (
      <>
        <p className="font-semibold">
          {bulk(userId === null ? 'previewing.title' : 'inGroups.previewing', { count: total })}
        </p>
        <Skeleton lines={3} />
      </>
    )
  }
  return (
    <div role="alert" className="rounded-control bg-warning-soft p-3">
      <p className="font-semibold text-warning-text">{t('failed')}</p>
      <FailureText provider={connection.provider} failure={previewFailure} />
      <p>{t('again')}</p>
      <code className="font-mono text-xs">
        {failureCode({ provider: connection.provider, failure: previewFailure })}
      </code>
    </div>
  )
}

/** Whether a second person has to agree, and who may. */
function Approval({ run, rights }: { run: BulkMuteDto; rights: RunRights }) {
  const t = useTranslations('bulkMutes.approval')
  const { status, approval, actorName, mine } = run
  if (status === 'previewed') return approval && rights.start ? <p>{t(approval)}</p> : null
  if (status !== 'awaiting_approval') return null
  const why = approval ?? 'size'
  if (mine) return <p className="rounded-control bg-warning-soft p-3">{t('waits', { why })}</p>
  return (
    <p className="rounded-control bg-warning-soft p-3">
      {t('asked', { name: actorName, why })}
      {!rights.approve && ` ${t('notYours')}`}
    </p>
  )
}
