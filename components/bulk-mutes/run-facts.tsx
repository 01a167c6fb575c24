'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useEndWords } from '@/components/mutes/words'
import { useServerNow } from '@/components/ui/clock'
import { SafeText } from '@/components/ui/safe-text'
import { AbsoluteTime } from '@/components/ui/time'
import type { RunCasesDto } from '@/lib/bulk-mutes/case-schemas'
import type { BulkMuteDto } from '@/lib/bulk-mutes/schemas'
import { maxReasonLength } from '@/lib/mutes/rules'
import { encodePath } from '@/lib/read'
import { StatusBadge } from './run-badges'
import { useRunWords } from './use-run-words'

/** What a run is: its name, where it stands, where and until when it mutes, why, and whose it is. */
export function RunFacts({ run, isOnPaper = false }: { run: BulkMuteDto; isOnPaper?: boolean }) {
  const t = useTranslations('bulkMutes')
  const mutes = useTranslations('mutes')
  const words = useRunWords()
  const ends = useEndWords()
  const now = useServerNow(run.serverNow, 'minute')
  const { serverNow, until, reason } = run
  // On paper nobody knows what day "today" was.
  const at = (time: number) =>
    isOnPaper ? ends.full(time) : <AbsoluteTime at={time} serverNow={serverNow} />
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-xl">{words.title(run)}</h1>
        <StatusBadge status={run.status} />
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 md:max-w-4xl md:grid-cols-[auto_1fr_auto_1fr]">
        <Fact name={t('facts.where')}>
          <Place run={run} />
        </Fact>
        {until !== null && (
          <Fact name={t('facts.end')}>
            {isOnPaper && until !== 'forever' ? ends.full(until) : ends.end(until, now)}
          </Fact>
        )}
        <Fact name={t('facts.who')}>
          <SafeText text={run.actorName} maxLength={48} />, {at(run.createdAt)}
        </Fact>
        <Fact name={t('facts.connection')}>{run.connection.name}</Fact>
        {run.approvedBy !== null && (
          <Fact name={t('facts.approvedBy')}>
            <SafeText text={run.approvedBy} maxLength={48} />
          </Fact>
        )}
        {run.startedAt !== null && <Fact name={t('facts.startedAt')}>{at(run.startedAt)}</Fact>}
        {run.finishedAt !== null && <Fact name={t('facts.finishedAt')}>{at(run.finishedAt)}</Fact>}
        <Fact name={t('facts.why')}>
          {mutes(`categories.${reason.category}`)}
          <span className="block text-muted">
            <SafeText text={reason.text.replaceAll(/\s+/gu, ' ')} maxLength={maxReasonLength} />
          </span>
        </Fact>
        {run.cases && (
          <Fact name={t('cases.label')}>
            <RunCases cases={run.cases} />
          </Fact>
        )}
        {run.mayShorten && <Fact name={t('facts.longer')}>{t('facts.mayShorten')}</Fact>}
        {run.undoOf !== null && (
          <Fact name={t('facts.undoOf')}>
            <RunLink bulkId={run.undoOf}>{t('facts.undone')}</RunLink>
          </Fact>
        )}
        {run.undos.length > 0 && (
          <Fact name={t('facts.undos')}>
            <span className="flex flex-wrap gap-x-3">
              {run.undos.map((bulkId, index) => (
                <RunLink key={bulkId} bulkId={bulkId}>
                  {t('facts.undo', { number: index + 1 })}
                </RunLink>
              ))}
            </span>
          </Fact>
        )}
      </dl>
    </header>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="col-span-2 grid min-w-0 grid-cols-subgrid">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

const caseStates = ['waiting', 'decided', 'left', 'reopened'] as const

function RunCases({ cases }: { cases: RunCasesDto }) {
  const t = useTranslations('bulkMutes.cases')
  const count = caseStates.reduce((sum, state) => sum + cases[state], 0)
  const counts = caseStates.filter((state) => state !== 'waiting' && cases[state] > 0)
  return (
    <>
      {t(`wish.${cases.wish}`, { count })}
      {counts.length > 0 && (
        <span className="block text-muted">
          {counts.map((state) => t(`counts.${state}`, { count: cases[state] })).join(' · ')}
        </span>
      )}
    </>
  )
}

function RunLink({ bulkId, children }: { bulkId: string; children: ReactNode }) {
  return (
    <Link
      href={`/bulk-mutes/${bulkId}`}
      prefetch={false}
      className="inline-flex min-h-6 items-center text-accent-text underline"
    >
      {children}
    </Link>
  )
}

function Place({ run }: { run: BulkMuteDto }) {
  const t = useTranslations('mutes')
  const words = useRunWords()
  const { connection, userId, groupId, groupName, topicId, scopes } = run
  if (userId !== null)
    return (
      <Link
        href={`/accounts${encodePath(connection.key, userId)}`}
        prefetch={false}
        className="text-accent-text underline"
      >
        {words.place(run)}
      </Link>
    )
  if (groupId === null) return scopes.map((scope) => t(`scopes.${scope}`)).join(' · ')
  return (
    <>
      <Link
        href={`/groups${encodePath(connection.key, groupId)}`}
        prefetch={false}
        className="text-accent-text underline"
      >
        <SafeText text={groupName ?? groupId} maxLength={60} />
      </Link>
      {topicId !== null && (
        <bdi dir="ltr" className="ms-2 font-mono text-sm whitespace-pre-wrap">
          {topicId}
        </bdi>
      )}
    </>
  )
}
