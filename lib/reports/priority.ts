import { policyOf, type ReportPolicies } from '@/lib/settings/report-rules'
import type { ReportCategory } from './rules'

/**
 * Why a case stands where it does in the queue:
 * - `severity`: of its category, as leads set it; `jump`: somebody's life may be at stake, so it stands before all others
 * - `volume`: reports within the hour, counted up to `maxVolume`
 * - `accuracy`: how many of its best reporter's judged reports were valid, in percent
 * - `repeat`: strikes and mutes of the accused within 30 days, counted up to `maxRepeat`
 */
export const priorityKinds = ['jump', 'severity', 'volume', 'accuracy', 'repeat'] as const
export type PriorityKind = (typeof priorityKinds)[number]
export type PriorityReason = { kind: PriorityKind; value: number }

export const maxVolume = 50
export const maxRepeat = 5
/** With fewer judged reports nobody's accuracy is known. */
export const minJudged = 3
/** What a reporter counts as whose accuracy is not known, in percent. */
const unknownAccuracy = 50
/** Above whatever the factors can make of any other category. */
const jumpBy = 100_000

export type PriorityFacts = {
  /** of the category's policy, from 1 to 5 */
  severity: number
  /** of the same: leads say that somebody's life may be at stake */
  isUrgent: boolean
  reportsLastHour: number
  /** of the reporter who reports now; null: the provider's own moderation */
  reporter: { valid: number; judged: number } | null
  repeats: number
}

/**
 * Severity times the reporter's accuracy times volume times what the accused did before, and which of these count.
 * `earlier`: the case's reasons so far; a worse reporter joining takes nothing away from a better one's word.
 */
export function priorityOf(
  { severity, isUrgent, reportsLastHour, reporter, repeats }: PriorityFacts,
  earlier: readonly PriorityReason[] | null,
): { priority: number; why: PriorityReason[] } {
  const volume = Math.min(Math.max(reportsLastHour, 1), maxVolume)
  const repeat = Math.min(repeats, maxRepeat)
  const accuracy = Math.max(accuracyOf(reporter), earlier === null ? 0 : accuracyIn(earlier))
  const score = 20 * 2 ** severity * (0.5 + accuracy / 100) * (1 + Math.log2(volume) / 4) * (1 + repeat / 5)
  const why: PriorityReason[] = [
    { kind: 'severity', value: severity },
    { kind: 'volume', value: volume },
  ]
  if (isUrgent) why.unshift({ kind: 'jump', value: 1 })
  if (accuracy !== unknownAccuracy) why.push({ kind: 'accuracy', value: accuracy })
  if (repeat > 0) why.push({ kind: 'repeat', value: repeat })
  return { priority: Math.round(score) + (isUrgent ? jumpBy : 0), why }
}

function accuracyOf(reporter: PriorityFacts['reporter']): number {
  if (!reporter || reporter.judged < minJudged) return unknownAccuracy
  return Math.round((reporter.valid / reporter.judged) * 100)
}

function accuracyIn(reasons: readonly PriorityReason[]): number {
  return valueIn(reasons, 'accuracy') ?? unknownAccuracy
}

const valueIn = (reasons: readonly PriorityReason[], wanted: PriorityKind) =>
  reasons.find(({ kind }) => kind === wanted)?.value

/** What the same reports come to in another category. `why`: the case's reasons so far. */
export function priorityAs(
  { severity, isUrgent }: Pick<PriorityFacts, 'severity' | 'isUrgent'>,
  why: readonly PriorityReason[],
) {
  const facts = { reportsLastHour: valueIn(why, 'volume') ?? 1, repeats: valueIn(why, 'repeat') ?? 0 }
  return priorityOf({ severity, isUrgent, reporter: null, ...facts }, why)
}

/** The more severe of two categories; of equal ones that that leads have first. */
export function moreSevere(
  policies: ReportPolicies,
  one: ReportCategory,
  other: ReportCategory,
): ReportCategory {
  const [mine, theirs] = [policyOf(policies, one), policyOf(policies, other)]
  const more = theirs.severity - mine.severity
  const isFirst = theirs.rank < mine.rank
  return more > 0 || (more === 0 && isFirst) ? other : one
}
