'use client'

import { useTranslations } from 'next-intl'
import { formatDuration } from '@/components/mutes/duration-text'
import { Field, Input, Textarea } from '@/components/ui/field'
import { type ReportCategory, reportCategories } from '@/lib/reports/rules'
import { setReportPoliciesAction } from '@/lib/settings/actions'
import { maxPolicyTextLength, noticeLocales, type ReportPolicies } from '@/lib/settings/report-rules'
import type { ReportPoliciesDto } from '@/lib/settings/report-schemas'
import { languageNames } from './language-names'
import { type PolicyDraft, readPolicies, readPolicy, writePolicy } from './policy-lines'
import { SaveBar } from './save-bar'
import { SaveProblem } from './save-problem'
import { useSettingForm } from './use-setting-form'

type Draft = Record<ReportCategory, PolicyDraft>

/** How reports of each category are worked on: severity, time, ladder, decay and the text that people are told. */
export function PoliciesForm({ saved, serverNow }: { saved: ReportPoliciesDto; serverNow: number }) {
  const t = useTranslations('settings.policies')
  const form = useSettingForm<Draft>({
    saved: draftOf(saved.policies),
    version: saved.version,
    told: { title: t('saved'), description: t('savedWhat') },
    send(draft, version) {
      const policies = readPolicies(draft)
      return policies === null ? undefined : setReportPoliciesAction({ policies, version })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void form.save()
      }}
      noValidate
      className="flex flex-col gap-4"
    >
      {reportCategories.map((category) => (
        <PolicyFields
          key={category}
          category={category}
          draft={form.draft[category]}
          isChecked={form.isChecked}
          onChange={(draft) => form.setDraft({ ...form.draft, [category]: draft })}
        />
      ))}
      {form.problem && (
        <SaveProblem
          error={form.problem}
          theirs={t('value', { sla: formatDuration(saved.policies.spam.slaSeconds) })}
          serverNow={serverNow}
          isBusy={form.isSaving}
          onKeepMine={form.keepMine}
          onTakeSaved={form.takeSaved}
        />
      )}
      <SaveBar isDirty={form.isDirty} isSaving={form.isSaving} onReset={form.takeSaved} />
    </form>
  )
}

function draftOf(policies: ReportPolicies): Draft {
  const entries = reportCategories.map((category) => [category, writePolicy(policies[category])])
  // One entry for each category.
  return Object.fromEntries(entries) as Draft
}

type PolicyFieldsProps = {
  category: ReportCategory
  draft: PolicyDraft
  isChecked: boolean
  onChange(draft: PolicyDraft): void
}

function PolicyFields({ category, draft, isChecked, onChange }: PolicyFieldsProps) {
  const t = useTranslations('settings.policies')
  const read = readPolicy(draft)
  const faults = 'faults' in read ? read.faults : {}
  const field = (name: 'severity' | 'sla' | 'ladder' | 'decay') => (
    <Field
      label={t(name)}
      hint={t(`${name}Hint`)}
      error={isChecked && faults[name] ? t(`${name}Wrong`) : undefined}
      className={name === 'ladder' ? 'sm:col-span-2' : undefined}
    >
      <Input
        value={draft[name]}
        maxLength={120}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
        className="font-mono"
      />
    </Field>
  )
  return (
    <details open={isChecked && 'faults' in read ? true : undefined}>
      <summary className="cursor-pointer font-medium">{t(`categories.${category}`)}</summary>
      <div className="mt-2 grid grid-cols-1 gap-3 ps-3 sm:grid-cols-2">
        {field('severity')}
        {field('sla')}
        {field('ladder')}
        {field('decay')}
        {noticeLocales.map((locale) => (
          <Field
            key={locale}
            label={t('text', { language: languageNames[locale] })}
            error={isChecked && faults[locale] ? t('textWrong', { max: maxPolicyTextLength }) : undefined}
            className="sm:col-span-2"
          >
            <Textarea
              lang={locale}
              rows={2}
              value={draft[locale]}
              onChange={(event) => onChange({ ...draft, [locale]: event.target.value })}
            />
          </Field>
        ))}
      </div>
    </details>
  )
}
