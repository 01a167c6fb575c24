import { isBuiltIn, type ReportCategory, slugPattern } from '@/lib/reports/rules'
import {
  categoriesOf,
  type InEachLanguage,
  maxCategoryNameLength,
  type NoticeLocale,
  noticeLocales,
  policyOf,
  type ReportPolicies,
} from '@/lib/settings/report-rules'
import { type PolicyDraft, readPolicy, writePolicy } from './policy-lines'

/** A category as it is typed; `slug` is empty of those that are built in, and fixed once it is saved. */
export type CategoryDraft = {
  /** tells it from the others while it is typed */
  key: string
  slug: string
  isNew: boolean
  isRetired: boolean
  isUrgent: boolean
  name: InEachLanguage
  policy: PolicyDraft
}

const nothing: InEachLanguage = { en: '', 'zh-CN': '', ja: '' }

/** All categories as one would type them, in their order. */
export function writeCategories(policies: ReportPolicies): CategoryDraft[] {
  return categoriesOf(policies).map(({ category, name, isRetired }) => ({
    key: category,
    slug: isBuiltIn(category) ? '' : category.slice('custom:'.length),
    isNew: false,
    isRetired,
    isUrgent: policyOf(policies, category).isUrgent,
    name: name ?? nothing,
    policy: writePolicy(policyOf(policies, category)),
  }))
}

/** One more, worked on as `other` is until something else is typed. */
export function newCategory(key: string, policies: ReportPolicies): CategoryDraft {
  const policy = { ...writePolicy(policies.other), ...nothing }
  return { key, slug: '', isNew: true, isRetired: false, isUrgent: false, name: nothing, policy }
}

export type CategoryFault = 'slug' | 'taken' | NoticeLocale

/** What of a category's own fields cannot be; its policy tells its own. */
export function faultsOf(draft: CategoryDraft, all: readonly CategoryDraft[]): CategoryFault[] {
  const faults: CategoryFault[] = []
  if (draft.isNew && !slugPattern.test(draft.slug)) faults.push('slug')
  else if (draft.isNew && all.some(({ key, slug }) => key !== draft.key && slug === draft.slug))
    faults.push('taken')
  const isNamed = noticeLocales.some((locale) => draft.name[locale].trim() !== '')
  // One that is built in has names of its own; a name is given in each language or in none.
  if (!isNamed && !draft.isNew && draft.slug === '') return faults
  for (const locale of noticeLocales) {
    const name = draft.name[locale].trim()
    if (name === '' || name.length > maxCategoryNameLength || /[{}\p{Cc}]/u.test(name)) faults.push(locale)
  }
  return faults
}

/** null: something of it cannot be read. */
export function readCategories(drafts: readonly CategoryDraft[]): ReportPolicies | null {
  const read = drafts.flatMap((draft, rank) => {
    const found = readPolicy(draft.policy)
    if (!('policy' in found) || faultsOf(draft, drafts).length > 0) return []
    const category = draft.slug === '' ? draft.key : `custom:${draft.slug}`
    return [
      [
        category,
        {
          ...found.policy,
          name: readName(draft.name),
          isRetired: draft.isRetired,
          isUrgent: draft.isUrgent,
          rank,
        },
      ],
    ]
  })
  // The keys are those that are saved, and `custom:` before the new ones.
  return read.length === drafts.length ? (Object.fromEntries(read) as ReportPolicies) : null
}

function readName(name: InEachLanguage): InEachLanguage | null {
  const read = { en: name.en.trim(), 'zh-CN': name['zh-CN'].trim(), ja: name.ja.trim() }
  return Object.values(read).every((text) => text === '') ? null : read
}

/** The draft with one of its categories a place further up (-1) or down (1). */
export function moved(drafts: readonly CategoryDraft[], index: number, by: -1 | 1): CategoryDraft[] {
  const draft = drafts[index]
  if (!draft || index + by < 0) return [...drafts]
  return drafts.toSpliced(index, 1).toSpliced(index + by, 0, draft)
}

/** Whether it may be retired: what nothing else fits has to go somewhere. */
export function mayRetire({ key }: CategoryDraft): boolean {
  const other: ReportCategory = 'other'
  return key !== other
}
