import { noticeKinds } from '@/lib/reports/rules'
import { type Difference, isSame } from './differences'
import {
  categoriesOf,
  type NoticeTemplates,
  noticeLocales,
  type ReportPolicies,
  type ReportPolicy,
} from './report-rules'

/** What somebody did to the categories of reports, category by category, and to their order. */
export function policyDifferences(before: ReportPolicies, after: ReportPolicies): Difference[] {
  const [old, now] = [categoriesOf(before), categoriesOf(after)]
  const stayed = now.filter(({ category }) => category in before)
  const wasOrder = old.filter(({ category }) => category in after)
  const changes = now.flatMap((of): Difference[] => {
    const [was, is] = [before[of.category], after[of.category]]
    if (!is) return []
    const named = { category: of.category, name: of.name }
    return was ? inPolicy(named, was, is) : [{ what: 'categoryAdded', of: named }]
  })
  const gone = old.filter(({ category }) => !(category in after))
  const names = (list: typeof now) => list.map(({ category }) => category)
  return [
    ...changes,
    // None is ever taken away, but a version that was written otherwise is still told right.
    ...gone.map(({ category, name }) => ({ what: 'categoryGone' as const, of: { category, name } })),
    ...(isSame(names(wasOrder), names(stayed))
      ? []
      : [{ what: 'categoryOrder' as const, before: wasOrder.map(plain), after: stayed.map(plain) }]),
  ]
}

type Named = Extract<Difference, { what: 'ladder' }>['of']

const plain = ({ category, name }: Named): Named => ({ category, name })

function inPolicy(of: Named, was: ReportPolicy, is: ReportPolicy): Difference[] {
  const found: Difference[] = []
  if (was.isRetired !== is.isRetired)
    found.push({ what: is.isRetired ? 'categoryRetired' : 'categoryReturned', of })
  for (const language of noticeLocales) {
    const names = { before: was.name?.[language] ?? null, after: is.name?.[language] ?? null }
    if (names.before !== names.after) found.push({ what: 'name', of, language, ...names })
  }
  if (was.severity !== is.severity)
    found.push({ what: 'severity', of, before: was.severity, after: is.severity })
  if (was.slaSeconds !== is.slaSeconds)
    found.push({ what: 'sla', of, before: was.slaSeconds, after: is.slaSeconds })
  if (!isSame(was.ladder, is.ladder)) found.push({ what: 'ladder', of, before: was.ladder, after: is.ladder })
  if (was.decayDays !== is.decayDays)
    found.push({ what: 'decay', of, before: was.decayDays, after: is.decayDays })
  for (const language of noticeLocales) {
    const [before, after] = [was.text[language], is.text[language]]
    if (before !== after) found.push({ what: 'text', of, language, before, after })
  }
  return found
}

/** Which messages to people read otherwise, by kind and language. */
export function templateDifferences(was: NoticeTemplates, is: NoticeTemplates): Difference[] {
  return noticeLocales.flatMap((language) => [
    ...noticeKinds.flatMap((kind): Difference[] => {
      const [before, after] = [was.texts[kind][language], is.texts[kind][language]]
      return before === after ? [] : [{ what: 'template', kind, language, before, after }]
    }),
    ...(was.appeal[language] === is.appeal[language]
      ? []
      : [
          {
            what: 'appeal' as const,
            language,
            before: was.appeal[language],
            after: is.appeal[language],
          },
        ]),
  ])
}
