import { expect, it } from 'vitest'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { categoriesOf, type ReportPolicies } from '@/lib/settings/report-rules'
import { reportPoliciesSchema } from '@/lib/settings/report-schemas'
import {
  type CategoryDraft,
  faultsOf,
  mayRetire,
  moved,
  newCategory,
  readCategories,
  writeCategories,
} from './category-lines'

const saved = writeCategories(defaultReportPolicies)
const named = { en: 'Doxxing', 'zh-CN': '人肉搜索', ja: '個人情報の暴露' }
const text = { en: 'Do not.', 'zh-CN': '禁止。', ja: '禁止です。' }
const typed = newCategory('new 1', defaultReportPolicies)
const doxxing: CategoryDraft = {
  ...{ ...typed, slug: 'doxxing', name: named },
  policy: { ...typed.policy, ...text, severity: '4' },
}
const read = (drafts: CategoryDraft[]): ReportPolicies => {
  const policies = readCategories(drafts)
  if (!policies) throw new Error('it could not be read')
  return policies
}

it('reads what it writes, in the order that it has', () => {
  expect(readCategories(saved)).toEqual(defaultReportPolicies)
  const policies = reportPoliciesSchema.parse(read(moved([...saved, doxxing], saved.length, -1)))
  expect(policies['custom:doxxing']).toMatchObject({ name: named, severity: 4, rank: saved.length - 1 })
  expect(
    categoriesOf(policies)
      .map(({ category }) => category)
      .slice(-2),
  ).toEqual(['custom:doxxing', 'other'])
  expect(read(writeCategories(policies))).toEqual(policies)
})

it('moves nothing beyond either end', () => {
  expect(moved(saved, 0, -1)).toEqual(saved)
  expect(moved(saved, saved.length - 1, 1)).toEqual(saved)
})

it.each<[Partial<CategoryDraft>, string]>([
  [{ slug: 'Two words' }, 'slug'],
  [{ slug: '' }, 'slug'],
  [{ name: { ...named, ja: ' ' } }, 'ja'],
  [{ name: { ...named, en: '{x}' } }, 'en'],
])('says that a new one cannot have %j', (change, fault) => {
  const draft = { ...doxxing, ...change }
  expect(faultsOf(draft, [...saved, draft])).toEqual([fault])
  expect(readCategories([...saved, draft])).toBeNull()
})

it('says that a short name is taken, and lets all but the last resort be retired', () => {
  const twin = { ...doxxing, key: 'new 2' }
  expect(faultsOf(twin, [...saved, doxxing, twin])).toEqual(['taken'])
  expect(saved.filter((draft) => !mayRetire(draft)).map(({ key }) => key)).toEqual(['other'])
})
