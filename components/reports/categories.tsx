'use client'

import { useLocale, useTranslations } from 'next-intl'
import { createContext, type ReactNode, use, useContext } from 'react'
import type { ReportCategory } from '@/lib/reports/rules'
import { builtInCategories, type CategoryDto, noticeLocales } from '@/lib/settings/report-rules'
import { wordOfCategory } from './word-of-category'

const Categories = createContext(builtInCategories)

type CategoriesProviderProps = {
  /** still being read while the page below already asks its own questions */
  categories: Promise<readonly CategoryDto[]>
  children: ReactNode
}

/** Tells everything below which categories of reports there are now, in the order of the leads. */
export function CategoriesProvider({ categories, children }: CategoriesProviderProps) {
  return <Categories value={use(categories)}>{children}</Categories>
}

/** All categories, and what each is called in the language of the console: by the leads, else by the console itself. */
export function useCategories() {
  const categories = useContext(Categories)
  const builtIn = useTranslations('reports.categories')
  const asked = useLocale()
  const locale = noticeLocales.find((known) => known === asked) ?? 'en'
  const nameOf = (category: ReportCategory): string => {
    const name = categories.find((known) => known.category === category)?.name
    return name?.[locale] ?? wordOfCategory(category, builtIn)
  }
  return { categories, nameOf }
}

/** What a category is called. */
export function CategoryName({ category }: { category: ReportCategory }) {
  return useCategories().nameOf(category)
}

/** The categories to choose from. `chosen`: this one also where it is retired; `isAll`: all of them, to look for. */
export function CategoryOptions({ chosen, isAll = false }: { chosen?: ReportCategory; isAll?: boolean }) {
  const { categories, nameOf } = useCategories()
  return categories
    .filter(({ category, isRetired }) => isAll || !isRetired || category === chosen)
    .map(({ category }) => (
      <option key={category} value={category}>
        {nameOf(category)}
      </option>
    ))
}
