'use client'

import { useTranslations } from 'next-intl'
import { Field, Input, Textarea } from '@/components/ui/field'
import { maxPolicyTextLength, noticeLocales } from '@/lib/settings/report-rules'
import { languageNames } from './language-names'
import { type PolicyDraft, readPolicy } from './policy-lines'

type PolicyFieldsProps = { draft: PolicyDraft; isChecked: boolean; onChange(draft: PolicyDraft): void }

/** How reports of one category are worked on: severity, time, ladder, decay and the text that people are told. */
export function PolicyFields({ draft, isChecked, onChange }: PolicyFieldsProps) {
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
    <>
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
    </>
  )
}
