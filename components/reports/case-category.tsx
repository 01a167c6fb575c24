'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { CaseDto } from '@/lib/reports/case-schemas'
import { CategoryName } from './categories'
import type { CaseCommands } from './use-case-commands'

/** Most cases came in under the right one. */
const CategoryForm = lazy(async () => ({ default: (await import('./category-form')).CategoryForm }))

/** The case's category, and the way to put it into another one. */
export function CaseCategory({ one, commands }: { one: CaseDto; commands: CaseCommands }) {
  const t = useTranslations('reports.case.work')
  const [isChanging, setChanging] = useState(false)
  if (isChanging)
    return (
      <Suspense fallback={<Skeleton lines={2} />}>
        <CategoryForm one={one} commands={commands} />
      </Suspense>
    )
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <span>
        <span className="text-muted">{t('category')}:</span> <CategoryName category={one.category} />
      </span>
      <Button variant="ghost" onClick={() => setChanging(true)}>
        {t('askCategory')}
      </Button>
    </div>
  )
}
