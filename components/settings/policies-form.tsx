'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { formatDuration } from '@/components/mutes/duration-text'
import { Button } from '@/components/ui/button'
import { setReportPoliciesAction } from '@/lib/settings/actions'
import { maxCategories } from '@/lib/settings/report-rules'
import type { ReportPoliciesDto } from '@/lib/settings/report-schemas'
import { CategoryFields } from './category-fields'
import { moved, newCategory, readCategories, writeCategories } from './category-lines'
import { SettingForm } from './setting-form'
import { useSettingForm } from './use-setting-form'

/** The categories of reports in their order, and how reports of each are worked on. */
export function PoliciesForm({ saved, serverNow }: { saved: ReportPoliciesDto; serverNow: number }) {
  const t = useTranslations('settings.policies')
  const added = useRef(0)
  const form = useSettingForm({
    saved: writeCategories(saved.policies),
    version: saved.version,
    told: { title: t('saved'), description: t('savedWhat') },
    send(draft, version) {
      const policies = readCategories(draft)
      return policies === null ? undefined : setReportPoliciesAction({ policies, version })
    },
    // What was added is one of the saved ones from then on.
    settle: (draft) => {
      const policies = readCategories(draft)
      return policies === null ? draft : writeCategories(policies)
    },
  })
  const { draft, setDraft } = form
  return (
    <SettingForm
      form={form}
      theirs={t('value', { sla: formatDuration(saved.policies.spam.slaSeconds) })}
      serverNow={serverNow}
    >
      <ul className="flex flex-col gap-3">
        {draft.map((category, index) => (
          <CategoryFields
            key={category.key}
            draft={category}
            all={draft}
            isChecked={form.isChecked}
            onChange={(changed) => setDraft(draft.with(index, changed))}
            onMove={(by) => setDraft(moved(draft, index, by))}
            onDrop={() => setDraft(draft.toSpliced(index, 1))}
          />
        ))}
      </ul>
      {draft.length < maxCategories && (
        <Button
          className="self-start"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() => {
            added.current += 1
            setDraft([...draft, newCategory(`new ${added.current}`, saved.policies)])
          }}
        >
          {t('add')}
        </Button>
      )}
    </SettingForm>
  )
}
