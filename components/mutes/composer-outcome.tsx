'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { ActionErrorPanel } from './action-error-panel'
import { FailureText, failureCode } from './failure-text'
import type { MuteSubject } from './subject'
import type { ComposerOutcome } from './use-composer'
import { useEndWords } from './words'

type ComposerOutcomeProps = {
  subject: MuteSubject
  outcome: ComposerOutcome
  /** epoch ms, the server's clock */
  now: number
  isSending: boolean
  onRetry(): void
}

/** Why nothing came of it, and how to go on. What was typed stays in the form. */
export function ComposerOutcomePanel({ subject, outcome, now, isSending, onRetry }: ComposerOutcomeProps) {
  const t = useTranslations('mutes')
  const fieldErrors = useTranslations('fieldErrors')
  /** What is wrong with something that the form has no field for. */
  const faults = ({ fields = {} }: Refusal) =>
    Object.keys(fields).length > 0
      ? Object.entries(fields).map(([field, code]) => <p key={field}>{fieldErrors(code)}</p>)
      : undefined
  const isOvertaken = outcome.kind === 'refused' && outcome.error.code === 'MUTE_CHANGED'
  const retry = (
    <Button isBusy={isSending} onClick={onRetry}>
      {t(isOvertaken ? 'composer.applyOnTop' : 'composer.retry')}
    </Button>
  )
  if (outcome.kind === 'refused') {
    const { code } = outcome.error
    const isRace = code === 'MUTE_CHANGED' || code === 'MUTE_PENDING'
    return (
      <ActionErrorPanel error={outcome.error} actions={retry}>
        {isRace ? <RaceText error={outcome.error} now={now} /> : faults(outcome.error)}
      </ActionErrorPanel>
    )
  }
  const { failure } = outcome.command
  const { provider } = subject.connection
  return (
    <ErrorPanel
      title={t('done.rejectedTitle', { name: subject.name })}
      actions={retry}
      {...(failure ? { code: failureCode({ provider, failure }) } : {})}
    >
      {failure && <FailureText provider={provider} failure={failure} />}
    </ErrorPanel>
  )
}

type Refusal = Extract<ComposerOutcome, { kind: 'refused' }>['error']

/** Who was first and when. */
function RaceText({ error, now }: { error: Refusal; now: number }) {
  const t = useTranslations('mutes.composer')
  const { short } = useEndWords()
  const { by, at } = error.details ?? {}
  const isChanged = error.code === 'MUTE_CHANGED'
  if (by === undefined || at === undefined)
    return <p>{t(isChanged ? 'changedElsewhere' : 'pendingElsewhere')}</p>
  return <p>{t(isChanged ? 'changedBy' : 'pendingBy', { name: by, time: short(at, now) })}</p>
}
