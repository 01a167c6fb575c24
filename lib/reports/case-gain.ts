import { policyOf, type ReportPolicies } from '@/lib/settings/report-rules'
import { moreSevere, type PriorityReason, priorityOf } from './priority'
import type { ReportCategory } from './rules'

/** What of a case and of one of its reporters decides where a report puts it. */
export type CaseFacts = {
  number: number
  category: ReportCategory
  priority: number
  /** null: the case has no report yet */
  why: readonly PriorityReason[] | null
  reportsLastHour: number
  repeats: number
  /** null: the provider's own moderation */
  reporterId: string | null
  /** whether the reporter is one of the case's already */
  isKnown: boolean
  /** of the reporter's latest reports: how many were judged, and how many of them were right */
  judged: number
  valid: number
  /** the database's clock, epoch ms */
  now: number
}

/** What reports add to a case, and what it comes to with them. */
export type CaseGain = {
  reportCount: number
  reporterCount: number
  category: ReportCategory
  priority: number
  priorityWhy: readonly PriorityReason[]
  /** epoch ms; null: no sooner than it is */
  dueAt: number | null
}

/**
 * What reports on one case come to that arrive together, in their order: the same as one after the other. Throws
 * `RangeError` for none.
 */
export function gainOf(
  policies: ReportPolicies,
  joining: readonly { category: ReportCategory; facts: CaseFacts }[],
): CaseGain {
  const [first] = joining
  if (!first) throw new RangeError('no report joins the case')
  let { category, priority, why } = first.facts
  let dueAt: number | null = null
  const reporters = new Set<string>()
  joining.forEach(({ category: reported, facts }, index) => {
    const before = category
    category = moreSevere(policies, before, reported)
    const { severity, isUrgent, slaSeconds } = policyOf(policies, category)
    if (category !== before) dueAt = Math.min(dueAt ?? Infinity, facts.now + slaSeconds * 1_000)
    const reportsLastHour = facts.reportsLastHour + index + 1
    const reporter = facts.reporterId === null ? null : facts
    const stand = priorityOf({ severity, isUrgent, reportsLastHour, reporter, repeats: facts.repeats }, why)
    priority = stand.priority
    why = stand.why
    if (facts.reporterId !== null && !facts.isKnown) reporters.add(facts.reporterId)
  })
  return {
    reportCount: joining.length,
    reporterCount: reporters.size,
    category,
    priority,
    priorityWhy: why ?? [],
    dueAt,
  }
}
