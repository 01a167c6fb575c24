import {
  type BuiltInCategory,
  type CustomCategory,
  type NoticeKind,
  type ReportCategory,
  reportCategories,
} from '@/lib/reports/rules'

/** What leads set for abuse reports, on both sides; without zod, so that browsers need not carry it. */

/** The languages in which people in chats are written to. */
export const noticeLocales = ['en', 'zh-CN', 'ja'] as const
export type NoticeLocale = (typeof noticeLocales)[number]
export type InEachLanguage = Record<NoticeLocale, string>

/** One step of the ladder: a word of warning, a mute of so many seconds, or one without end. */
export type LadderStep = 'warn' | 'forever' | { seconds: number }

/** How reports of one category are worked on. */
export type ReportPolicy = {
  /** 1 (least) to 5 (most) */
  severity: number
  /** how soon somebody should have looked at it, in seconds */
  slaSeconds: number
  /** what follows the first, second, … offence; the last one also whatever comes later */
  ladder: LadderStep[]
  /** after so many days a strike counts no more */
  decayDays: number
  /** the rule that was broken, as people in chats are told */
  text: InEachLanguage
  /** what the category is called; null: as the console calls one that is built in */
  name: InEachLanguage | null
  /** offered to nobody any more; what has it keeps it */
  isRetired: boolean
  /** somebody's life may be at stake: it pages, and stands before all others */
  isUrgent: boolean
  /** where it stands among the others, the smallest first */
  rank: number
}
export type ReportPolicies = Record<BuiltInCategory, ReportPolicy> &
  Partial<Record<CustomCategory, ReportPolicy>>

/** Of `other` where there is no such category: none is ever removed, but a row must not stop the work on it. */
export function policyOf(policies: ReportPolicies, category: ReportCategory): ReportPolicy {
  return policies[category] ?? policies.other
}

/** A category with what leads call it, for whoever chooses one. */
export type CategoryDto = Pick<ReportPolicy, 'name' | 'isRetired'> & { category: ReportCategory }

/** All categories in the order that leads gave them. */
export function categoriesOf(policies: ReportPolicies): CategoryDto[] {
  // The record's keys are categories by its schema.
  return (Object.entries(policies) as [ReportCategory, ReportPolicy][])
    .toSorted(([, one], [, other]) => one.rank - other.rank)
    .map(([category, { name, isRetired }]) => ({ category, name, isRetired }))
}

/** The categories that the console comes with. */
export const builtInCategories: readonly CategoryDto[] = reportCategories.map((category) => ({
  category,
  name: null,
  isRetired: false,
}))

/** How many there can be, retired ones too. */
export const maxCategories = 60
export const maxCategoryNameLength = 40

export const maxSeverity = 5
export const maxLadderSteps = 8
export const maxSlaSeconds = 30 * 86_400
export const maxDecayDays = 3_650
/**
 * Characters of each part of a message. Together they stay below 2 kB of UTF-8, which is as much as a message of either
 * provider may have, in any writing.
 */
export const maxPolicyTextLength = 200
export const maxTemplateLength = 300
export const maxAppealTextLength = 120

/** The places of a template that are filled in when a message is made. */
export const noticePlaces = ['reason', 'until', 'appeal'] as const
export type NoticePlace = (typeof noticePlaces)[number]

/** Of each kind of message the places that it must have, and those that it may have beside them. */
export const placesOfNotice: Record<
  NoticeKind,
  { must: readonly NoticePlace[]; may: readonly NoticePlace[] }
> = {
  warning: { must: ['reason', 'appeal'], may: [] },
  mute_notice: { must: ['reason', 'until', 'appeal'], may: [] },
  // A reporter is never told of the sanction.
  reporter_answer: { must: [], may: [] },
  appeal_answer: { must: ['reason'], may: ['until'] },
}

/** What people are told, by kind and language; `appeal` says how one appeals. */
export type NoticeTemplates = { texts: Record<NoticeKind, InEachLanguage>; appeal: InEachLanguage }

/** The places that a template names, each once, also those that there are not. */
export function placesIn(template: string): string[] {
  return [...new Set([...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name))]
}

/** What keeps a template from being one of its kind: a place that it lacks or may not have; null: nothing. */
export function templateFault(
  kind: NoticeKind,
  template: string,
): 'required' | 'invalid' | 'too_long' | null {
  const { must, may } = placesOfNotice[kind]
  const named = placesIn(template)
  if (template.trim() === '' || must.some((place) => !named.includes(place))) return 'required'
  if (template.length > maxTemplateLength) return 'too_long'
  return named.every((place) => [...must, ...may].some((known) => known === place)) ? null : 'invalid'
}
