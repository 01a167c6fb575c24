'use client'

import { useTranslations } from 'next-intl'
import { Field, Textarea } from '@/components/ui/field'
import { noticeKinds } from '@/lib/reports/rules'
import { setNoticeTemplatesAction } from '@/lib/settings/actions'
import {
  maxAppealTextLength,
  maxTemplateLength,
  type NoticeTemplates,
  noticeLocales,
  placesOfNotice,
  templateFault,
} from '@/lib/settings/report-rules'
import type { NoticeTemplatesDto } from '@/lib/settings/report-schemas'
import { languageNames } from './language-names'
import { SettingForm } from './setting-form'
import { useSettingForm } from './use-setting-form'

/** What people in chats are told, by kind and language. */
export function TemplatesForm({ saved, serverNow }: { saved: NoticeTemplatesDto; serverNow: number }) {
  const t = useTranslations('settings.templates')
  const form = useSettingForm<NoticeTemplates>({
    saved: saved.templates,
    version: saved.version,
    told: { title: t('saved'), description: t('savedWhat') },
    send: (templates, version) =>
      isRight(templates) ? setNoticeTemplatesAction({ templates, version }) : undefined,
  })
  const { texts, appeal } = form.draft
  return (
    <SettingForm form={form} theirs={saved.templates.texts.warning.en} serverNow={serverNow}>
      {noticeKinds.map((kind) => {
        const { must, may } = placesOfNotice[kind]
        const named = (places: readonly string[]) => places.map((place) => `{${place}}`).join(' ')
        return (
          <fieldset key={kind} className="flex flex-col gap-2">
            <legend className="mb-1 font-semibold">{t(`kinds.${kind}`)}</legend>
            <p className="text-sm text-muted">
              {must.length > 0 ? t('must', { places: named(must) }) : t('mustNothing')}{' '}
              {may.length > 0 && t('may', { places: named(may) })}
            </p>
            {noticeLocales.map((locale) => {
              const fault = templateFault(kind, texts[kind][locale])
              return (
                <Field
                  key={locale}
                  label={languageNames[locale]}
                  error={
                    form.isChecked && fault ? t(`faults.${fault}`, { max: maxTemplateLength }) : undefined
                  }
                >
                  <Textarea
                    lang={locale}
                    rows={2}
                    value={texts[kind][locale]}
                    onChange={({ target }) =>
                      form.setDraft({
                        ...form.draft,
                        texts: { ...texts, [kind]: { ...texts[kind], [locale]: target.value } },
                      })
                    }
                  />
                </Field>
              )
            })}
          </fieldset>
        )
      })}
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-semibold">{t('appeal')}</legend>
        {noticeLocales.map((locale) => (
          <Field
            key={locale}
            label={languageNames[locale]}
            error={
              form.isChecked && !isAppealRight(appeal[locale])
                ? t('appealWrong', { max: maxAppealTextLength })
                : undefined
            }
          >
            <Textarea
              lang={locale}
              rows={2}
              value={appeal[locale]}
              onChange={({ target }) =>
                form.setDraft({ ...form.draft, appeal: { ...appeal, [locale]: target.value } })
              }
            />
          </Field>
        ))}
      </fieldset>
    </SettingForm>
  )
}

function isAppealRight(text: string): boolean {
  return text.trim() !== '' && text.trim().length <= maxAppealTextLength && !/[{}\p{Cc}]/u.test(text.trim())
}

function isRight({ texts, appeal }: NoticeTemplates): boolean {
  return noticeLocales.every(
    (locale) =>
      isAppealRight(appeal[locale]) &&
      noticeKinds.every((kind) => templateFault(kind, texts[kind][locale]) === null),
  )
}
