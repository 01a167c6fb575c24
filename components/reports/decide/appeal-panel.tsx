'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { languageNames } from '@/components/settings/language-names'
import { Button } from '@/components/ui/button'
import { Checkbox, RadioChips } from '@/components/ui/choice'
import { Field, Input, Textarea } from '@/components/ui/field'
import { SafeText } from '@/components/ui/safe-text'
import { answerOf } from '@/lib/read'
import { answerAppealAction } from '@/lib/reports/actions'
import type { DecisionBasisDto } from '@/lib/reports/decision-dtos'
import { reportsKey } from '@/lib/reports/inquiry-query'
import type { ActionError } from '@/lib/result'
import { endOf } from './decide-model'
import { DecisionResult } from './decision-result'
import type { DecideCase } from './use-decide'

const answers = ['upheld', 'shortened', 'lifted'] as const

type AppealPanelProps = DecideCase & {
  basis: DecisionBasisDto
  appeal: NonNullable<DecisionBasisDto['appeal']>
}

/** What the accused says against the decision, and the answer of somebody who did not make it. */
export function AppealPanel({ version, claimToken, basis, appeal }: AppealPanelProps) {
  const t = useTranslations('reports.appeal')
  const fieldErrors = useTranslations('fieldErrors')
  const queries = useQueryClient()
  const router = useRouter()
  const [answer, setAnswer] = useState<(typeof answers)[number] | null>(null)
  const [text, setText] = useState('')
  const [length, setLength] = useState('')
  const [isTold, setTold] = useState(true)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ActionError>()
  // Where only a warning was given there is nothing to shorten.
  const hasMute =
    basis.last?.id !== appeal.decisionId ||
    basis.last.actions.some(({ kind }) => kind === 'mute' || kind === 'extend')
  const end = answer === 'shortened' ? endOf('custom', length) : null
  const lengthError = end && 'error' in end ? end.error : null

  async function submit() {
    setTried(true)
    if (isBusy || answer === null || text.trim() === '' || lengthError) return
    setBusy(true)
    const result = await answerOf(() =>
      answerAppealAction({
        appealId: appeal.id,
        version,
        ...(claimToken !== undefined && { claimToken }),
        answer,
        ...(end && 'end' in end && { end: end.end }),
        text,
        notify: isTold ? appeal.language : null,
      }),
    )
    setBusy(false)
    setError(result.ok ? undefined : result.error)
    await queries.invalidateQueries({ queryKey: reportsKey })
    router.refresh()
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      className="flex flex-col gap-4"
    >
      {basis.last && <DecisionResult decision={basis.last} mayUndo={false} />}
      <div>
        <p className="font-medium">{t('says')}</p>
        <blockquote className="border-s-2 border-line-strong ps-2">
          <SafeText text={appeal.text} maxLength={4_000} className="whitespace-pre-wrap" />
        </blockquote>
      </div>
      {appeal.isOwnDecision || !basis.mayDecide ? (
        <p className="text-muted">{t('own')}</p>
      ) : (
        <>
          <RadioChips
            legend={t('answer')}
            value={answer}
            onChange={(next) => setAnswer(next)}
            error={isTried && answer === null ? fieldErrors('required') : undefined}
            hint={!appeal.mayLift && t('liftNeedsLead')}
            choices={answers
              .filter((value) => hasMute || value !== 'shortened')
              .map((value) => ({
                value,
                label: t(value === 'lifted' && !hasMute ? 'voided' : value),
                isDisabled: value === 'lifted' && !appeal.mayLift,
              }))}
          />
          {answer === 'shortened' && (
            <Field
              label={t('length')}
              hint={t('lengthHint')}
              error={isTried && lengthError ? fieldErrors(lengthError) : undefined}
              className="max-w-60"
            >
              <Input value={length} maxLength={60} onChange={(event) => setLength(event.target.value)} />
            </Field>
          )}
          <Field
            label={t('text')}
            hint={t('textHint', { language: languageNames[appeal.language] })}
            error={isTried && text.trim() === '' ? fieldErrors('required') : undefined}
          >
            <Textarea
              value={text}
              maxLength={200}
              rows={2}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <Checkbox checked={isTold} onChange={({ target }) => setTold(target.checked)} label={t('tell')} />
          {error && <ActionErrorPanel error={error} />}
          <Button type="submit" variant="primary" isBusy={isBusy} className="self-start">
            {t('submit')}
          </Button>
        </>
      )}
    </form>
  )
}
