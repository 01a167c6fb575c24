'use client'

import { useTranslations } from 'next-intl'
import { EndFields } from '@/components/mutes/end-fields'
import { ReasonFields } from '@/components/mutes/reason-fields'
import { Checkbox, RadioChips } from '@/components/ui/choice'
import type { CollectFields } from './collect-model'
import type { Collect } from './use-collect'

/** Whether to mute or to lift, for how long, and why. */
export function CollectWish({ collect, canMuteForever }: { collect: Collect; canMuteForever: boolean }) {
  const t = useTranslations('bulkCollect')
  const fieldErrors = useTranslations('fieldErrors')
  const { draft, change, fields } = collect
  const { form } = draft
  const error = (field: keyof CollectFields) => (fields[field] ? fieldErrors(fields[field]) : undefined)
  return (
    <>
      <RadioChips
        legend={t('action')}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
        choices={(['mute', 'lift'] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      {draft.kind === 'mute' && (
        <>
          <EndFields
            form={form}
            onChange={(next) => change({ form: next })}
            presets={collect.presets}
            canMuteForever={canMuteForever}
            limits={collect.held}
            now={collect.now}
            errors={{ duration: error('duration'), at: error('at'), end: error('end') }}
          />
          <Checkbox
            label={t('mayShorten')}
            checked={draft.mayShorten}
            onChange={(event) => change({ mayShorten: event.target.checked })}
          />
        </>
      )}
      <ReasonFields
        categories={collect.categories}
        category={form.category}
        text={form.reasonText}
        onCategory={(category) => change({ form: { ...form, category } })}
        onText={(reasonText) => change({ form: { ...form, reasonText, isReasonEdited: true } })}
        errors={{ category: error('category'), text: error('text') }}
      />
    </>
  )
}
