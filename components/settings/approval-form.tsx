'use client'

import { useTranslations } from 'next-intl'
import { Field, Input } from '@/components/ui/field'
import { maxBulkItems } from '@/lib/bulk-mutes/rules'
import { setApprovalAboveAction } from '@/lib/settings/actions'
import type { ApprovalAboveDto } from '@/lib/settings/schemas'
import { SettingForm } from './setting-form'
import { useSettingForm } from './use-setting-form'

/** Above how many accounts a bulk mute needs a second person. `serverNow`: when `saved` was read. */
export function ApprovalForm({ saved, serverNow }: { saved: ApprovalAboveDto; serverNow: number }) {
  const t = useTranslations('settings.approval')
  const form = useSettingForm({
    saved: String(saved.accounts),
    version: saved.version,
    told: { title: t('saved'), description: t('savedWhat') },
    send(draft, version) {
      const accounts = readSize(draft)
      return accounts === null ? undefined : setApprovalAboveAction({ accounts, version })
    },
  })
  const isWrong = form.isChecked && readSize(form.draft) === null
  return (
    <SettingForm form={form} theirs={t('value', { accounts: saved.accounts })} serverNow={serverNow}>
      <Field
        label={t('label')}
        hint={t('hint', { max: maxBulkItems })}
        error={isWrong ? t('invalid', { max: maxBulkItems }) : undefined}
      >
        <Input
          value={form.draft}
          onChange={(event) => form.setDraft(event.target.value)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          className="max-w-32 font-mono"
        />
      </Field>
    </SettingForm>
  )
}

function readSize(text: string): number | null {
  const size = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN
  return size <= maxBulkItems ? size : null
}
