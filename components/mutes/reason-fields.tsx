'use client'

import { useTranslations } from 'next-intl'
import { RadioChips } from '@/components/ui/choice'
import { Field, Textarea } from '@/components/ui/field'
import { maxReasonLength } from '@/lib/mutes/rules'
import type { ReasonCategory } from '@/lib/mutes/schemas'

type ReasonFieldsProps = {
  categories: readonly ReasonCategory[]
  category: ReasonCategory | null
  text: string
  onCategory(category: ReasonCategory): void
  onText(text: string): void
  errors: { category: string | undefined; text: string | undefined }
}

/** Why: a category and an explanation, both needed. */
export function ReasonFields({ categories, category, text, onCategory, onText, errors }: ReasonFieldsProps) {
  const t = useTranslations('mutes')
  return (
    <>
      <RadioChips
        legend={t('composer.category')}
        value={category}
        onChange={onCategory}
        error={errors.category}
        choices={categories.map((value) => ({ value, label: t(`categories.${value}`) }))}
      />
      <Field
        label={t('composer.text')}
        hint={t('composer.textHint', { left: Math.max(0, maxReasonLength - text.trim().length) })}
        error={errors.text}
        isRequired
      >
        <Textarea
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault()
              event.currentTarget.form?.requestSubmit()
            }
          }}
        />
      </Field>
    </>
  )
}
