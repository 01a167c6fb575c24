'use client'

import { BadgeCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { useServerClock } from '@/components/ui/clock'
import { SafeText } from '@/components/ui/safe-text'
import { AbsoluteTime, CheckedAgo, RemainingTime } from '@/components/ui/time'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { commandAnchor } from './command-href'
import { PendingPanel } from './pending-panel'
import { useRoleNames } from './role-words'
import { StateBadge } from './state-badge'
import { stateKind } from './state-kind'
import { TimerNote } from './timer-note'
import type { MuteChecks } from './use-mute-checks'

// Most rows have nothing to settle.
const DriftPanel = lazy(async () => ({ default: (await import('./drift-panel')).DriftPanel }))
const RenewalNote = lazy(async () => ({ default: (await import('./renewal-note')).RenewalNote }))

type MuteRowProps = {
  state: MuteStateDto
  serverNow: number
  actor: Pick<Actor, 'role'>
  commands: MuteChecks
  /** the provider could not be read this time */
  isStale: boolean
  /** a mute of the ledger's that this one replaced, outside this console, is shown beside it */
  isReplacement: boolean
  /** the provider keeps no end there: the console lifts it */
  isEndedHere?: boolean
  /** something else than this mute silences the member there */
  isSilenced?: boolean
}

/** One scope of the matrix: what holds, for how long, who decided so and why, and how old the knowledge is. */
export function MuteRow({
  state,
  serverNow,
  actor,
  commands,
  isStale,
  isReplacement,
  isEndedHere = false,
  isSilenced,
}: MuteRowProps) {
  const t = useTranslations('mutes')
  const kind = useServerClock(serverNow, (now) => stateKind(state, now))
  const roleNames = useRoleNames()
  const { scope, until, cause, pending } = state
  const isCauseShown = cause !== null && kind !== 'none' && kind !== 'drift'
  return (
    <li data-scope={scope} data-state={kind} className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="font-semibold sm:w-40">{t(`scopes.${scope}`)}</h3>
        <StateBadge kind={kind} isSilenced={isSilenced} />
        {until !== null && (
          <span className="flex flex-wrap items-baseline gap-x-2">
            <RemainingTime
              until={until}
              serverNow={serverNow}
              onEnd={commands.refresh}
              className="text-lg font-semibold"
            />
            {until !== 'forever' && (
              <span className="text-muted">
                {t.rich('matrix.until', { time: () => <AbsoluteTime at={until} serverNow={serverNow} /> })}
              </span>
            )}
          </span>
        )}
        {until !== null && state.roles && <span className="font-medium">{roleNames(state.roles)}</span>}
        {kind === 'ended' && state.endedAt !== null && <EndedAt at={state.endedAt} serverNow={serverNow} />}
        {state.isUntold ? (
          <span className="text-sm text-muted sm:ms-auto">{t('matrix.untold')}</span>
        ) : (
          <CheckedAgo
            at={state.checkedAt}
            serverNow={serverNow}
            className={
              isStale ? 'text-sm font-medium text-warning-text sm:ms-auto' : 'text-sm text-muted sm:ms-auto'
            }
          />
        )}
      </div>
      {isCauseShown && <Cause cause={cause} serverNow={serverNow} isUntold={state.isUntold} />}
      {isEndedHere && <TimerNote state={state} serverNow={serverNow} />}
      {state.renewal && (
        <Suspense>
          <RenewalNote renewal={state.renewal} serverNow={serverNow} />
        </Suspense>
      )}
      {pending && (
        <PendingPanel
          pending={pending}
          canCheck={hasPermission(actor.role, 'mutes:apply')}
          isBusy={commands.busy?.what === 'settle'}
          onCheck={() => commands.settle(pending.id)}
        />
      )}
      {kind === 'drift' && (
        <Suspense>
          <DriftPanel
            state={state}
            serverNow={serverNow}
            role={actor.role}
            commands={commands}
            isReplacement={isReplacement}
          >
            {/* Of what holds at the provider nobody here knows the author; this is who made what the ledger says. */}
            {cause && <Cause cause={cause} serverNow={serverNow} />}
          </DriftPanel>
        </Suspense>
      )}
    </li>
  )
}

function EndedAt({ at, serverNow }: { at: number; serverNow: number }) {
  const t = useTranslations('mutes.matrix')
  return (
    <span className="text-muted">
      {t.rich('endedAt', { time: () => <AbsoluteTime at={at} serverNow={serverNow} /> })}
    </span>
  )
}

type CauseProps = {
  cause: NonNullable<MuteStateDto['cause']>
  serverNow: number
  isUntold?: boolean | undefined
}

/** Who, when, why, and whether it was read back. */
function Cause({ cause, serverNow, isUntold = false }: CauseProps) {
  const t = useTranslations('mutes')
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm">
      <span>
        {t.rich(`cause.${cause.kind}`, {
          name: cause.actorName,
          time: () => <AbsoluteTime at={cause.requestedAt} serverNow={serverNow} />,
        })}
      </span>
      <span className="text-muted">{t(`categories.${cause.reason.category}`)}</span>
      <SafeText text={cause.reason.text.replaceAll(/\s+/gu, ' ')} maxLength={120} className="text-muted" />
      <a href={`#${commandAnchor(cause.id)}`} className="text-accent-text underline">
        {t('matrix.inHistory')}
      </a>
      {cause.verifiedAt !== null && (
        <span title={t('matrix.verifiedHint')} className="inline-flex items-center gap-1 text-success-text">
          <BadgeCheck aria-hidden className="size-3.5" />
          {t('matrix.verified')}
        </span>
      )}
      {cause.verifiedAt === null && (
        <span className="text-muted">{t(isUntold ? 'matrix.notReadBack' : 'matrix.unverified')}</span>
      )}
    </p>
  )
}
