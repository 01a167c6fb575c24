/** What holds for abuse reports and their cases on both sides; without zod, so that browsers need not carry it. */

/** What a reporter can accuse somebody of from the beginning. Leads set severity and policy of each (lib/settings). */
export const reportCategories = [
  'threat_to_life',
  'minor_safety',
  'sexual',
  'hate',
  'harassment',
  'scam',
  'spam',
  'impersonation',
  'other',
] as const
export type BuiltInCategory = (typeof reportCategories)[number]
/** One that leads added (lib/settings): programs and rows name it by this, whatever people call it later. */
export type CustomCategory = `custom:${string}`
export type ReportCategory = BuiltInCategory | CustomCategory
export const maxSlugLength = 32
/** What follows `custom:`. */
export const slugPattern = /^[a-z0-9_]{1,32}$/

export function isBuiltIn(category: string): category is BuiltInCategory {
  return reportCategories.some((known) => known === category)
}

/** Where a report came from; the last two are the providers' callbacks. */
export const reportSources = ['api', 'console', 'tencent', 'zego'] as const
export type ReportSource = (typeof reportSources)[number]

/**
 * - `new`: nobody has looked at it; `triaged`: somebody set its category or priority, or skipped it with a note
 * - `claimed`: somebody works on it under a lease; without renewal it counts as unclaimed
 * - `waiting`: held until an instant, or handed to a colleague who has not taken it yet
 * - `decided`: the decision is on record and being carried out; `closed`: it was, and messages are on their way
 * - `merged`: its reports went into another case
 * - `reopened`: an undo, a failed provider call or "look again" brought it back
 * - `appealed`: the accused asks another person to look at the decision
 */
export const caseStatuses = [
  'new',
  'triaged',
  'claimed',
  'waiting',
  'decided',
  'closed',
  'merged',
  'reopened',
  'appealed',
] as const
export type CaseStatus = (typeof caseStatuses)[number]

/**
 * Which status may follow which: the one table. A trigger of the database refuses every other change, whoever makes it
 * (migration `reports`; a test holds the two against each other).
 */
export const caseTransitions = {
  new: ['triaged', 'claimed', 'waiting', 'decided', 'merged'],
  triaged: ['claimed', 'waiting', 'decided', 'merged'],
  claimed: ['triaged', 'waiting', 'decided', 'merged', 'reopened', 'appealed'],
  waiting: ['triaged', 'claimed', 'decided', 'merged', 'reopened', 'appealed'],
  decided: ['closed', 'reopened'],
  closed: ['reopened', 'appealed'],
  merged: [],
  reopened: ['claimed', 'waiting', 'decided', 'merged'],
  appealed: ['claimed', 'waiting', 'decided', 'closed', 'merged'],
} as const satisfies Record<CaseStatus, readonly CaseStatus[]>

/** Reports on the same accused in the same conversation go into a case with one of these. */
export const openCaseStatuses = [
  'new',
  'triaged',
  'claimed',
  'waiting',
  'reopened',
  'appealed',
] as const satisfies CaseStatus[]

/** Whether a status may follow another one. */
export function mayFollow(from: CaseStatus, to: CaseStatus): boolean {
  return (caseTransitions[from] as readonly CaseStatus[]).includes(to)
}

/** What a moderator finds of a report. */
export const verdicts = ['valid', 'not_valid', 'duplicate', 'bad_faith', 'cannot_judge'] as const
export type Verdict = (typeof verdicts)[number]

/** What is done about the accused. */
export const personActions = ['nothing', 'warn', 'mute', 'extend', 'lift', 'kick'] as const
export type PersonAction = (typeof personActions)[number]

/**
 * A decision's way: written down, then carried out (commands, kick), then `applied` or `failed` (and the case reopened).
 * `undone` gave back what held before.
 */
export const decisionStatuses = ['sending', 'applied', 'failed', 'undone'] as const
export type DecisionStatus = (typeof decisionStatuses)[number]

/** A message to somebody in the app: held so that an undo can stop it, then sent once. */
export const noticeStatuses = ['held', 'sending', 'sent', 'cancelled', 'failed'] as const
export type NoticeStatus = (typeof noticeStatuses)[number]
/** Who is told: the accused (`warning`, `mute_notice`, `appeal_answer`) or a reporter (`reporter_answer`). */
export const noticeKinds = ['warning', 'mute_notice', 'reporter_answer', 'appeal_answer'] as const
export type NoticeKind = (typeof noticeKinds)[number]
/** How long a message is held on the server so that an undo can stop it, in seconds. */
export const noticeHoldSeconds = 15

export const appealStatuses = ['open', 'upheld', 'shortened', 'lifted'] as const
export type AppealStatus = (typeof appealStatuses)[number]

/** How taking the evidence went; `unavailable` says why in `evidence_why`. */
export const evidenceStatuses = ['pending', 'taken', 'partial', 'unavailable'] as const
export type EvidenceStatus = (typeof evidenceStatuses)[number]
/**
 * Why evidence is missing or partial: the provider keeps no history there (AVChatRoom), the message is too old or gone,
 * the report names no message, or the provider did not answer until we gave up.
 */
export const evidenceReasons = ['no_history', 'not_found', 'no_message_named', 'provider_failed'] as const
export type EvidenceReason = (typeof evidenceReasons)[number]
/** So many messages before and after each reported one are kept. */
export const evidenceAround = 10

/** How long a claim holds without being renewed, in seconds; and how long "Hold" keeps a case at most. */
export const claimSeconds = 10 * 60
export const maxHoldSeconds = 7 * 86_400

export const maxReportedMessages = 20
export const maxReportTextLength = 4_000
export const maxNoteLength = 4_000
