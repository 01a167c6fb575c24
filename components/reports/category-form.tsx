'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Select } from '@/components/ui/field'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { CategoryOptions, useCategories } from './categories'
import type { CaseCommands } from './use-case-commands'

/** Where the case's other category is chosen. Choosing changes nothing before it is said. */
export function CategoryForm({ one, commands }: { one: CaseDto; commands: CaseCommands }) {
  const t = useTranslations('reports.case.work')
  const { categories } = useCategories()
  const [category, setCategory] = useState(one.category)
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={t('category')}>
        <Select
          autoFocus
          value={category}
          onChange={({ target }) =>
            setCategory(categories.find((known) => known.category === target.value)?.category ?? category)
          }
        >
          <CategoryOptions chosen={one.category} />
        </Select>
      </Field>
      {category !== one.category && (
        <Button isBusy={commands.busy === 'triage'} onClick={() => void commands.triage(category)}>
          {t('changeCategory')}
        </Button>
      )}
    </div>
  )
}
