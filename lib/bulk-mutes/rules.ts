/** What holds for bulk mutes on both sides; without zod, so that browsers need not carry it. */

/** How many accounts one run has at most; more are several runs. */
export const maxBulkItems = 500
/** How many runs one list may be split into. */
export const maxBulkRuns = 20
/** The most accounts that one list may have. */
export const maxCollected = maxBulkItems * maxBulkRuns
/** The largest file of ids that is read, in bytes. */
export const maxBulkFileBytes = 10 * 1024 * 1024

/** `undo`: gives back what held before another run. */
export const bulkKinds = ['mute', 'lift', 'undo'] as const
export type BulkKind = (typeof bulkKinds)[number]

/**
 * - `previewing`: the server finds out what would happen to each account
 * - `previewed`: it is known, nothing has been sent; waits for its author
 * - `awaiting_approval`: its author wants it, a second person has to agree
 * - `running`, `paused`, `done`, `cancelled`
 */
export const bulkStatuses = [
  'previewing',
  'previewed',
  'awaiting_approval',
  'running',
  'paused',
  'done',
  'cancelled',
] as const
export type BulkStatus = (typeof bulkStatuses)[number]

/** What will happen to one account, as the preview finds it. Those of `doings` are sent, the others are left out. */
export const forecasts = [
  'mute',
  'extend',
  'shorten',
  'lift',
  'restore',
  'already_so',
  'already_longer',
  'not_muted',
  'changed_since',
  'no_account',
  'not_a_member',
  'owner',
  'admin',
  'cannot_mute_here',
  'operator_not_allowed',
  'protected',
] as const
export type Forecast = (typeof forecasts)[number]

export const doings = ['mute', 'extend', 'shorten', 'lift', 'restore'] as const satisfies Forecast[]

/** Whether an account with this forecast is sent to the provider. */
export function isDoing(forecast: Forecast): boolean {
  return (doings as readonly Forecast[]).includes(forecast)
}

/** Why an account was left out: its forecast, or what came in between (`too_late`: the end has passed). */
export const skipReasons = [...forecasts, 'too_late', 'cancelled'] as const
export type SkipReason = (typeof skipReasons)[number]

/**
 * What became of one account. `sending` is on record and on its way; `unknown` waits to be read back; `skipped` was
 * never sent. The last three do not change by themselves any more.
 */
export const itemStates = ['pending', 'sending', 'unknown', 'applied', 'rejected', 'skipped'] as const
export type ItemState = (typeof itemStates)[number]

/**
 * What shall become of the cases that a run was made for, once it has ended: those whose account was muted are closed
 * with this finding, or stay open.
 */
export const caseWishes = ['valid', 'duplicate', 'open'] as const
export type CaseWish = (typeof caseWishes)[number]

/** `waiting` for the end of the run; `decided`: closed by it; `left`: open as it was, or in the hands of somebody else. */
export const caseLinkStatuses = ['waiting', 'decided', 'left'] as const
export type CaseLinkStatus = (typeof caseLinkStatuses)[number]

/**
 * Why a run left a case alone: nothing else was asked for; its account was not muted (`rejected`, `skipped`); somebody
 * had decided it, or had it in hand; an appeal waits for its answer; the run's author may not work on cases any more.
 */
export const caseLeftReasons = [
  'as_wished',
  'rejected',
  'skipped',
  'changed',
  'claimed',
  'appealed',
  'not_allowed',
] as const
export type CaseLeftReason = (typeof caseLeftReasons)[number]

/** Why a run does not go on by itself. */
export const pauseReasons = ['moderator', 'author_not_allowed', 'provider', 'connection_gone'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** What can be done with a run in each status, and which one follows. The database holds to it with conditional updates. */
export const transitions = {
  preview: { from: ['previewing'], to: 'previewed' },
  start: { from: ['previewed'], to: 'running' },
  ask: { from: ['previewed'], to: 'awaiting_approval' },
  approve: { from: ['awaiting_approval'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['previewing', 'previewed', 'awaiting_approval', 'running', 'paused'], to: 'cancelled' },
  finish: { from: ['running'], to: 'done' },
  retry: { from: ['done'], to: 'running' },
  preview_again: { from: ['previewed', 'awaiting_approval'], to: 'previewing' },
} as const satisfies Record<string, { from: readonly BulkStatus[]; to: BulkStatus }>
export type Transition = keyof typeof transitions

/**
 * Why a run's rejected accounts may not be sent again, by whoever may make runs; null: they may. Only its author gives
 * its name for more calls, and without the connection there is nobody to send them to.
 */
export function retryRefusal(run: { mine: boolean; isConnectionGone: boolean }) {
  if (!run.mine) return 'FORBIDDEN'
  return run.isConnectionGone ? 'UNKNOWN_CONNECTION' : null
}

/** A preview older than this is made again before anything is sent, in seconds. */
export const previewFreshSeconds = 15 * 60

/** How many accounts may have changed since the preview before it is made again: so many, or a twentieth of them. */
export function toleratedChanges(items: number): number {
  return Math.max(2, Math.floor(items / 20))
}
