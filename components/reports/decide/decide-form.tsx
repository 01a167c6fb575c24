'use client'

import { useTranslations } from 'next-intl'
import { ActionErrorPanel } from '@/components/mutes/action-error-panel'
import { Button } from '@/components/ui/button'
import { Checkbox, RadioChips } from '@/components/ui/choice'
import { Field, Textarea } from '@/components/ui/field'
import { safePlain } from '@/components/ui/safe-text'
import { useInstantFormat } from '@/components/ui/time'
import type { DecisionBasisDto } from '@/lib/reports/decision-dtos'
import { verdicts } from '@/lib/reports/rules'
import { DecideAfter } from './decide-after'
import { DecidePreview } from './decide-preview'
import { LadderLine } from './ladder-line'
import { PersonFields } from './person-fields'
import { useAdvance } from './use-advance'
import { type DecideCase, useDecide } from './use-decide'

/** The two questions, what follows from them, and one submit. Ctrl or Cmd with Enter sends from anywhere in it. */
export function DecideForm({ basis, ...props }: DecideCase & { basis: DecisionBasisDto }) {
  const t = useTranslations('reports')
  const fieldErrors = useTranslations('fieldErrors')
  const { short } = useInstantFormat()
  const advance = useAdvance(basis)
  const decide = useDecide(props, basis, advance.goOn)
  const { form, change, faults, error, isSending, now } = decide
  const { by, at } = error?.details ?? {}
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void decide.submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing)
          return
        event.preventDefault()
        void decide.submit()
      }}
      className="flex flex-col gap-4"
    >
      <RadioChips
        legend={t('decide.aboutReport')}
        value={form.verdict}
        onChange={(verdict) => change({ verdict })}
        error={faults.verdict && fieldErrors(faults.verdict)}
        choices={verdicts.map((value) => ({ value, label: t(`verdicts.${value}`) }))}
      />
      <LadderLine basis={basis} />
      <PersonFields basis={basis} decide={decide} />
      <Field
        label={t('decide.reason')}
        hint={t('decide.reasonHint')}
        error={faults.reasonText && fieldErrors(faults.reasonText)}
      >
        <Textarea
          value={form.reasonText}
          maxLength={480}
          rows={2}
          onChange={(event) => change({ reasonText: event.target.value })}
        />
      </Field>
      {decide.needsOverride && (
        <Field
          label={t('decide.override')}
          hint={t('decide.overrideHint')}
          isRequired
          error={faults.overrideReason && fieldErrors(faults.overrideReason)}
        >
          <Textarea
            value={form.overrideReason}
            maxLength={480}
            rows={2}
            onChange={(event) => change({ overrideReason: event.target.value })}
          />
        </Field>
      )}
      <DecideAfter decide={decide} />
      {basis.others.length > 0 && (
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-medium">{t('decide.others')}</legend>
          {basis.others.map(({ caseId, number, reportCount }) => (
            <Checkbox
              key={caseId}
              checked={form.closeWith.includes(caseId)}
              onChange={({ target }) =>
                change({
                  closeWith: target.checked
                    ? [...form.closeWith, caseId]
                    : form.closeWith.filter((id) => id !== caseId),
                })
              }
              label={t('decide.otherCase', { number, reports: reportCount })}
            />
          ))}
        </fieldset>
      )}
      <DecidePreview preview={decide.preview} isLoading={decide.isPreviewing} now={now} />
      {error && (
        <ActionErrorPanel
          error={error}
          {...(error.code === 'CASE_CHANGED' && {
            actions: (
              <Button variant="danger" isBusy={isSending} onClick={() => void decide.submitAnyway()}>
                {t('decide.anyway')}
              </Button>
            ),
            children: (
              <p>
                {by && at
                  ? t('decide.changedBy', { name: safePlain(by), time: short(at, now) })
                  : t('decide.changed')}
              </p>
            ),
          })}
        />
      )}
      <div className="flex flex-wrap items-center gap-2 border-t border-line pt-3">
        <Button type="submit" variant="primary" isBusy={isSending}>
          {isSending ? t('decide.sending') : t('decide.submit', { number: basis.number })}
        </Button>
        <span className="text-sm text-muted">{t('decide.keys')}</span>
        <Checkbox
          checked={advance.isOn}
          onChange={({ target }) => advance.setOn(target.checked)}
          label={t('decide.advance.switch')}
        />
      </div>
    </form>
  )
}
