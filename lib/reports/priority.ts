import type { ReportCategory } from './rules'

/** How bad each accusation is, and within how many seconds somebody should look at it. */
export const urgencyByCategory: Record<ReportCategory, { severity: number; slaSeconds: number }> = {
  threat_to_life: { severity: 500, slaSeconds: 5 * 60 },
  minor_safety: { severity: 400, slaSeconds: 15 * 60 },
  sexual: { severity: 200, slaSeconds: 3_600 },
  hate: { severity: 180, slaSeconds: 4 * 3_600 },
  harassment: { severity: 160, slaSeconds: 4 * 3_600 },
  scam: { severity: 140, slaSeconds: 8 * 3_600 },
  impersonation: { severity: 100, slaSeconds: 86_400 },
  spam: { severity: 50, slaSeconds: 86_400 },
  other: { severity: 40, slaSeconds: 86_400 },
}

/**
 * Why a case stands where it does in the queue:
 * - `severity`: of its category; `jump`: somebody's life may be at stake, so it stands before all others
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
  category: ReportCategory
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
  { category, reportsLastHour, reporter, repeats }: PriorityFacts,
  earlier: readonly PriorityReason[] | null,
): { priority: number; why: PriorityReason[] } {
  const { severity } = urgencyByCategory[category]
  const volume = Math.min(Math.max(reportsLastHour, 1), maxVolume)
  const repeat = Math.min(repeats, maxRepeat)
  const accuracy = Math.max(accuracyOf(reporter), earlier === null ? 0 : accuracyIn(earlier))
  const isJump = category === 'threat_to_life'
  const score = severity * (0.5 + accuracy / 100) * (1 + Math.log2(volume) / 4) * (1 + repeat / 5)
  const why: PriorityReason[] = [
    { kind: 'severity', value: severity },
    { kind: 'volume', value: volume },
  ]
  if (isJump) why.unshift({ kind: 'jump', value: 1 })
  if (accuracy !== unknownAccuracy) why.push({ kind: 'accuracy', value: accuracy })
  if (repeat > 0) why.push({ kind: 'repeat', value: repeat })
  return { priority: Math.round(score) + (isJump ? jumpBy : 0), why }
}

function accuracyOf(reporter: PriorityFacts['reporter']): number {
  if (!reporter || reporter.judged < minJudged) return unknownAccuracy
  return Math.round((reporter.valid / reporter.judged) * 100)
}

function accuracyIn(reasons: readonly PriorityReason[]): number {
  return reasons.find(({ kind }) => kind === 'accuracy')?.value ?? unknownAccuracy
}

/** The more severe of two categories; the first where they are equal. */
export function moreSevere(one: ReportCategory, other: ReportCategory): ReportCategory {
  return urgencyByCategory[other].severity > urgencyByCategory[one].severity ? other : one
}
