'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCategories } from '@/components/reports/categories'
import { Badge } from '@/components/ui/badge'
import { Button, IconButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/choice'
import { Field, Input } from '@/components/ui/field'
import { isBuiltIn, maxSlugLength } from '@/lib/reports/rules'
import { maxCategoryNameLength, noticeLocales } from '@/lib/settings/report-rules'
import { type CategoryDraft, faultsOf, mayRetire } from './category-lines'
import { languageNames } from './language-names'
import { PolicyFields } from './policy-fields'
import { readPolicy } from './policy-lines'

type CategoryFieldsProps = {
  draft: CategoryDraft
  all: readonly CategoryDraft[]
  isChecked: boolean
  onChange(draft: CategoryDraft): void
  onMove(by: -1 | 1): void
  /** of one that was never saved */
  onDrop(): void
}

/** One category: its place, its names, whether it is offered, and how reports of it are worked on. */
export function CategoryFields({ draft, all, isChecked, onChange, onMove, onDrop }: CategoryFieldsProps) {
  const t = useTranslations('settings.policies')
  const { nameOf } = useCategories()
  const faults = faultsOf(draft, all)
  const isWrong = faults.length > 0 || 'faults' in readPolicy(draft.policy)
  const title = isBuiltIn(draft.key) ? nameOf(draft.key) : draft.name.en || draft.slug || t('new')
  return (
    <li data-category={draft.key} className="relative flex min-h-control items-start">
      <details open={draft.isNew || (isChecked && isWrong) ? true : undefined} className="min-w-0 grow">
        <summary className="cursor-pointer pe-24 leading-[var(--control)] font-medium break-words">
          {title} {draft.isRetired && <Badge>{t('retired')}</Badge>}
        </summary>
        <div className="mt-2 grid grid-cols-1 gap-3 ps-3 sm:grid-cols-2">
          {draft.isNew && (
            <Field
              label={t('slug')}
              hint={t('slugHint', { max: maxSlugLength })}
              error={
                isChecked && faults.includes('slug')
                  ? t('slugWrong')
                  : isChecked && faults.includes('taken')
                    ? t('slugTaken')
                    : undefined
              }
              className="sm:col-span-2"
            >
              <Input
                value={draft.slug}
                maxLength={maxSlugLength}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => onChange({ ...draft, slug: event.target.value })}
                className="font-mono"
              />
            </Field>
          )}
          {noticeLocales.map((locale) => (
            <Field
              key={locale}
              label={t('name', { language: languageNames[locale] })}
              error={
                isChecked && faults.includes(locale)
                  ? t('nameWrong', { max: maxCategoryNameLength })
                  : undefined
              }
            >
              <Input
                lang={locale}
                value={draft.name[locale]}
                maxLength={maxCategoryNameLength}
                autoComplete="off"
                placeholder={isBuiltIn(draft.key) ? t('ownName') : undefined}
                onChange={(event) =>
                  onChange({ ...draft, name: { ...draft.name, [locale]: event.target.value } })
                }
              />
            </Field>
          ))}
          <PolicyFields
            draft={draft.policy}
            isChecked={isChecked}
            onChange={(policy) => onChange({ ...draft, policy })}
          />
          <Checkbox
            label={t('urgent')}
            checked={draft.isUrgent}
            onChange={(event) => onChange({ ...draft, isUrgent: event.target.checked })}
          />
          {draft.isNew ? (
            <Button variant="ghost" className="justify-self-start" onClick={onDrop}>
              {t('drop')}
            </Button>
          ) : (
            mayRetire(draft) && (
              <Checkbox
                label={t('retire')}
                checked={draft.isRetired}
                onChange={(event) => onChange({ ...draft, isRetired: event.target.checked })}
              />
            )
          )}
        </div>
      </details>
      <div className="absolute end-0 top-0 flex">
        <IconButton
          label={t('up', { name: title })}
          icon={<ArrowUp aria-hidden className="size-4" />}
          disabled={all[0]?.key === draft.key}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('down', { name: title })}
          icon={<ArrowDown aria-hidden className="size-4" />}
          disabled={all.at(-1)?.key === draft.key}
          onClick={() => onMove(1)}
        />
      </div>
    </li>
  )
}
