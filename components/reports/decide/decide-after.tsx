'use client'

import { useTranslations } from 'next-intl'
import { languageNames } from '@/components/settings/language-names'
import { Checkbox } from '@/components/ui/choice'
import { Field, Select } from '@/components/ui/field'
import { noticeLocales } from '@/lib/settings/report-rules'
import { MuteReporter } from './mute-reporter'
import type { Decide } from './use-decide'

/** Who is told, in which language, and whether the case comes back. */
export function DecideAfter({ decide }: { decide: Decide }) {
  const t = useTranslations('reports.decide')
  const { form, change } = decide
  const { action, language, length } = decide.resolved
  const isTimed = action === 'mute' && length !== 'forever'
  // Of nothing else there is a text that would be sent.
  const hasNotice = action === 'mute' || action === 'warn'
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">{t('after')}</legend>
      {hasNotice && (
        <Checkbox
          checked={form.tellsAccused || action === 'warn'}
          disabled={action === 'warn'}
          onChange={({ target }) => change({ tellsAccused: target.checked })}
          label={t('tellAccused')}
        />
      )}
      {hasNotice && (form.tellsAccused || action === 'warn') && (
        <Field label={t('language')} className="max-w-60">
          <Select
            value={language}
            onChange={({ target }) => {
              const chosen = noticeLocales.find((locale) => locale === target.value)
              if (chosen) change({ language: chosen })
            }}
          >
            {noticeLocales.map((locale) => (
              <option key={locale} value={locale} lang={locale}>
                {languageNames[locale]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Checkbox
        checked={form.tellsReporters}
        onChange={({ target }) => change({ tellsReporters: target.checked })}
        label={t('tellReporters')}
      />
      {form.verdict === 'bad_faith' && (
        <MuteReporter
          days={form.muteReporterDays}
          onChange={(muteReporterDays) => change({ muteReporterDays })}
        />
      )}
      {isTimed && (
        <Checkbox
          checked={form.looksAgain}
          onChange={({ target }) => change({ looksAgain: target.checked })}
          label={t('lookAgain')}
        />
      )}
    </fieldset>
  )
}
