import type { useTranslations } from 'next-intl'
import { isBuiltIn, type ReportCategory } from '@/lib/reports/rules'

/** What the console itself calls a category: one that leads added by its short name, which never changes. */
export function wordOfCategory(
  category: ReportCategory,
  builtIn: ReturnType<typeof useTranslations<'reports.categories'>>,
): string {
  return isBuiltIn(category) ? builtIn(category) : category.slice('custom:'.length)
}
