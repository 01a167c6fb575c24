'use client'

import { CirclePause, Play, Square } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { FailureText, failureCode } from '@/components/mutes/failure-text'
import { useEndWords } from '@/components/mutes/words'
import { Button } from '@/components/ui/button'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { type RunRights, rateOf, type Sample, secondsLeft, withSample } from './run-model'
import type { RunCommands } from './use-run-commands'

const CancelDialog = lazy(async () => ({ default: (await import('./run-dialogs')).CancelDialog }))

/** A screen reader is told about a run no oftener than this, in ms. */
const announceMs = 5_000

type RunProgressProps = { run: BulkMuteDto; rights: RunRights; commands: RunCommands }

/** A run under way: how far it is, how fast, how long it still takes, and the ways to hold or end it. */
export function RunProgress({ run, rights, commands }: RunProgressProps) {
  const t = useTranslations('bulkMutes')
  const { length } = useEndWords()
  const [isCancelling, setCancelling] = useState(false)
  const isRunning = run.status === 'running'
  const rate = rateOf(useSamples(run))
  const [doing, settled] = [run.doing, run.settled]
  const seconds = secondsLeft(run, rate)
  const { applied, rejected, unknown, sending, pending } = run.states
  const facts = [
    t('progress.applied', { count: applied }),
    ...(rejected > 0 ? [t('progress.rejected', { count: rejected })] : []),
    ...(unknown > 0 ? [t('progress.unknown', { count: unknown })] : []),
    ...(sending > 0 ? [t('progress.sending', { count: sending })] : []),
    t('progress.pending', { count: pending }),
  ]
  const pace = [
    ...(rate === null ? [] : [t('progress.rate', { rate })]),
    ...(seconds === null || pending === 0
      ? []
      : [t('progress.left', { time: length(Math.max(1, seconds)) })]),
  ]
  const text = t('progress.text', { done: settled, total: doing })

  async function cancel() {
    await commands.cancel()
    setCancelling(false)
  }

  return (
    <section className="flex flex-col gap-2 rounded-panel border border-line bg-surface p-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="text-lg font-semibold tabular-nums">{text}</p>
        {isRunning && <p className="text-muted tabular-nums">{pace.join(' · ')}</p>}
      </div>
      <progress
        aria-label={t('progress.label')}
        value={settled}
        max={Math.max(1, doing)}
        className="h-2 w-full appearance-none overflow-hidden rounded-chip border-0 bg-neutral-soft [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-neutral-soft [&::-webkit-progress-value]:bg-accent"
      />
      <p className="tabular-nums">{facts.join(' · ')}</p>
      {pending + sending === 0 && unknown > 0 && !run.isConnectionGone && (
        <p className="text-muted">{t('result.settling')}</p>
      )}
      <Announcement
        words={`${t(`statuses.${run.status}`)}: ${text}`}
        status={run.status}
        at={run.serverNow}
      />
      {run.pause && <Pause run={run} />}
      <div className="flex flex-wrap gap-2">
        {rights.pause && (
          <Button
            icon={<CirclePause aria-hidden className="size-4" />}
            isBusy={commands.busy === 'pause'}
            onClick={() => void commands.pause()}
          >
            {t('commands.pause')}
          </Button>
        )}
        {rights.resume && (
          <Button
            variant="primary"
            icon={<Play aria-hidden className="size-4" />}
            isBusy={commands.busy === 'resume'}
            onClick={() => void commands.resume()}
          >
            {t('commands.resume')}
          </Button>
        )}
        {rights.cancel && (
          <Button
            icon={<Square aria-hidden className="size-4" />}
            isBusy={commands.busy === 'cancel'}
            onClick={() => setCancelling(true)}
          >
            {t('commands.cancel')}
          </Button>
        )}
      </div>
      {rights.cancel && <p className="text-sm text-muted">{t('progress.stays', { count: applied })}</p>}
      {isCancelling && (
        <Suspense>
          <CancelDialog
            run={run}
            isOpen={isCancelling}
            isBusy={commands.busy !== null}
            onClose={() => setCancelling(false)}
            onConfirm={cancel}
          />
        </Suspense>
      )}
    </section>
  )
}

/** Why a run does not go on by itself, and what to do about it. */
function Pause({ run: { pause, connection, actorName } }: { run: BulkMuteDto }) {
  const t = useTranslations('bulkMutes.pause')
  if (!pause) return null
  const { why, by, failure } = pause
  return (
    <div role={why === 'moderator' ? undefined : 'alert'} className="rounded-control bg-warning-soft p-3">
      <p className="font-semibold text-warning-text">
        {why === 'moderator'
          ? t('moderator', { name: by ?? '' })
          : t(why, { name: actorName, connection: connection.name })}
      </p>
      {failure && (
        <>
          <FailureText provider={connection.provider} failure={failure} />
          <code className="font-mono text-xs">{failureCode({ provider: connection.provider, failure })}</code>
        </>
      )}
      {why !== 'moderator' && <p>{t(`${why}Advice`)}</p>}
    </div>
  )
}

type AnnouncementProps = { words: string; status: string; at: number }

/** Tells screen readers how far it is, politely and not all the time. */
function Announcement({ words, status, at }: AnnouncementProps) {
  const [told, setTold] = useState({ words: '', status, at })
  const isDue = at - told.at >= announceMs && told.words !== words
  if (told.status !== status || isDue) setTold({ words, status, at })
  return (
    <p role="status" className="sr-only">
      {told.words}
    </p>
  )
}

/** What was seen of a run's progress lately. */
function useSamples(run: BulkMuteDto): readonly Sample[] {
  const sample = { at: run.serverNow, settled: run.settled }
  const [samples, setSamples] = useState<readonly Sample[]>([sample])
  if (samples.at(-1)?.at === sample.at) return samples
  const next = withSample(samples, sample)
  setSamples(next)
  return next
}
