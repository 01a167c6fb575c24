'use client'

import { clsx } from 'clsx'
import { MicOff, RefreshCw, Volume2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useId } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button, IconButton } from '@/components/ui/button'
import { useServerClock } from '@/components/ui/clock'
import { ErrorPanel } from '@/components/ui/error-panel'
import { remainingAt } from '@/components/ui/remaining'
import { useRemainingFormat } from '@/components/ui/time'
import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'
import type { MuteMatrixDto, MuteStateDto } from '@/lib/mutes/schemas'
import type { ComposerMode } from './composer-form'
import { FailureText, failureCode } from './failure-text'
import { MuteRow } from './mute-row'
import { isEitherOr } from './role-model'
import { answerOf, answerWords } from './state-kind'
import { accountOf, type MuteSubject } from './subject'
import type { MuteChecks } from './use-mute-checks'
import { useRefreshAll } from './use-refresh-all'

/** Of members alone, and of few. */
const MutesAbove = lazy(async () => ({ default: (await import('./mutes-above')).MutesAbove }))

type MuteMatrixProps = {
  subject: MuteSubject
  matrix: MuteMatrixDto
  actor: Pick<Actor, 'role'>
  commands: MuteChecks
  isReading: boolean
  panel: ComposerMode | null
  onOpen(mode: ComposerMode): void
  /** false: its keys belong to another matrix of the same page */
  hasKeys?: boolean
  /** the composer is likely to be opened next */
  onApproach(): void
}

/** Where this account may write, as far as it is known: an answer in words, one row for each scope, and what to do. */
export function MuteMatrix(props: MuteMatrixProps) {
  const { subject, matrix, actor, commands, isReading, panel, onOpen, onApproach, hasKeys = true } = props
  const t = useTranslations('mutes')
  const page = useTranslations('accounts.page')
  const { reading, serverNow, states, above = [] } = matrix
  const failure = reading.status === 'failed' ? reading.failure : null
  const reasonId = useId()
  const refreshAll = useRefreshAll(subject, commands)
  // Of an account the page tells the answer over all apps, above this.
  const isAccount = accountOf(subject.place) !== null
  const isMuted = useServerClock(serverNow, (now) => (answerOf(states, now).places ?? 'none') !== 'none')
  const isLiftable = isMuted || states.some(({ isUntold }) => isUntold)
  const canLift = isLiftable && hasPermission(actor.role, 'mutes:lift')
  useShortcut({ key: 'm', label: t('shortcuts.mute'), when: hasKeys && !failure, run: () => onOpen('mute') })
  useShortcut({
    key: 'u',
    label: t('shortcuts.lift'),
    when: hasKeys && !failure && canLift,
    run: () => onOpen('lift'),
  })
  useShortcut({ key: 'r', label: t('shortcuts.refresh'), when: hasKeys, run: () => void refreshAll() })
  const opens = {
    onPointerEnter: onApproach,
    onFocus: onApproach,
    ...(failure ? { 'aria-disabled': true, 'aria-describedby': reasonId } : {}),
  }
  return (
    <section
      aria-labelledby={`${reasonId}-title`}
      data-account-id={subject.place.userId}
      className="rounded-panel border border-line bg-surface"
    >
      <div
        className={clsx(
          'flex gap-2 border-b border-line px-4 py-3',
          isAccount ? 'items-center' : 'items-start',
        )}
      >
        <div className="min-w-0 flex-1">
          <h2 id={`${reasonId}-title`} className={isAccount ? 'text-lg' : 'text-sm text-muted'}>
            {isAccount ? t('matrix.titleIn', { app: subject.connection.name }) : t('matrix.title')}
          </h2>
          {!isAccount && <AnswerLines subject={subject} matrix={matrix} />}
        </div>
        <IconButton
          label={isReading ? t('matrix.refreshing') : t('matrix.refresh')}
          icon={<RefreshCw aria-hidden className="size-4" />}
          isBusy={isReading}
          onClick={() => void refreshAll()}
        />
      </div>
      {failure && (
        <div className="px-4 pt-3">
          <ErrorPanel
            role="none"
            effect={null}
            title={page('unreachable.title', { connection: subject.connection.name })}
            code={failureCode({ provider: subject.connection.provider, failure })}
            actions={
              <Button isBusy={isReading} onClick={() => void commands.refresh()}>
                {t('composer.retry')}
              </Button>
            }
          >
            <FailureText provider={subject.connection.provider} failure={failure} />
            <p>{page('unreachable.stale')}</p>
          </ErrorPanel>
        </div>
      )}
      <ul className="divide-y divide-line">
        {states.map((state) => (
          <MuteRow
            key={state.scope}
            state={state}
            serverNow={serverNow}
            actor={actor}
            commands={commands}
            isStale={failure !== null}
            isSilenced={above.length > 0}
            isEndedHere={subject.limits?.hasEnds === false}
            isReplacement={state.ledgerUntil === null && isEitherOr(states) && states.some(hasLost)}
          />
        ))}
        {above.length > 0 && (
          <Suspense>
            <MutesAbove above={above} serverNow={serverNow} onEnd={commands.refresh} />
          </Suspense>
        )}
      </ul>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
        <Button
          {...opens}
          variant={panel || failure ? 'secondary' : 'primary'}
          icon={<MicOff aria-hidden className="size-4" />}
          {...(hasKeys && { shortcut: 'm' })}
          data-opens-composer
          aria-expanded={panel === 'mute'}
          onClick={() => onOpen('mute')}
        >
          {t(isMuted ? 'matrix.change' : 'matrix.mute')}
        </Button>
        {canLift && (
          <Button
            {...opens}
            icon={<Volume2 aria-hidden className="size-4" />}
            {...(hasKeys && { shortcut: 'u' })}
            aria-expanded={panel === 'lift'}
            onClick={() => onOpen('lift')}
          >
            {t('matrix.lift')}
          </Button>
        )}
        {failure && (
          <p id={reasonId} className="text-sm text-muted">
            {t('composer.unreachable')}
          </p>
        )}
      </div>
    </section>
  )
}

/** A mute of the ledger's that is gone at the provider. */
const hasLost = ({ drift, ledgerUntil }: MuteStateDto) => drift === 'lifted_outside' && ledgerUntil !== null

type AnswerProps = Pick<MuteMatrixProps, 'subject' | 'matrix'>

/** "lin88 cannot write in this group", and below it "next change in 2 h 10 m". */
function AnswerLines({ subject, matrix }: AnswerProps) {
  const t = useTranslations('mutes.answer')
  const remaining = useRemainingFormat()
  const { states, serverNow, reading, above = [] } = matrix
  const { name } = subject
  const where = useServerClock(serverNow, (now) => {
    const { places } = answerOf(states, now, above)
    const words = answerWords(states)
    if (places === null) return t(words === 'everyone' ? 'unknownMembers' : 'unknown', { name })
    return t(words, { name, places })
  })
  const more = useServerClock(serverNow, (now) => {
    const { places, nextEnd } = answerOf(states, now, above)
    const isMuted = places !== null && places !== 'none'
    const parts = [
      isMuted ? restOf(nextEnd, now) : '',
      states.some((state) => state.pending) ? t('pending') : '',
      reading.status === 'failed' && places !== null ? t('stale') : '',
    ]
    return parts.filter((part) => part !== '').join(' · ')
  })
  function restOf(end: number | null, now: number): string {
    if (end === null) return t('noEnd')
    const rest = remaining(remainingAt(end, now))
    // Nobody can tell how long one that is overdue goes on.
    return end <= now ? rest : t('next', { rest })
  }
  return (
    <>
      <p className="text-lg font-semibold">{where}</p>
      {more && <p className="text-muted">{more}</p>}
    </>
  )
}
