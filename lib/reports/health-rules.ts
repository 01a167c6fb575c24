/** What the figures on the work with reports are made of, on both sides. */

/** Over how many days they are read. */
export const healthDays = [7, 30, 90] as const
export type HealthDays = (typeof healthDays)[number]
export const defaultHealthDays: HealthDays = 30
export const longestHealthDays: HealthDays = 90

/** Cases that wait, by their priority (lib/reports/priority.ts) from this number on, highest first. */
export const priorityBands = [
  // Only what leads call urgent reaches so high.
  { band: 'jump', from: 100_000 },
  { band: 'high', from: 500 },
  { band: 'middle', from: 150 },
  { band: 'low', from: 0 },
] as const
export type PriorityBand = (typeof priorityBands)[number]['band']

/** How long they have waited: less than so many seconds. */
export const ageBands = [
  { band: 'hour', below: 3_600 },
  { band: 'day', below: 86_400 },
  { band: 'week', below: 7 * 86_400 },
  { band: 'older', below: Number.POSITIVE_INFINITY },
] as const
export type AgeBand = (typeof ageBands)[number]['band']

/** How long cases waited, in whole seconds; null: there was none. */
export type Spread = { cases: number; median: number | null; p90: number | null }

/** A moderator, named; figures are never of how fast somebody is. */
export type PersonHealth = {
  id: string
  name: string
  /** for how long cases were in their hands, of the claims that began in these days */
  heldSeconds: number
  /** appeals against their decisions that were answered in these days, and how many were granted in part or whole */
  appeals: number
  changed: number
}

/** The state of the work with reports; instants in epoch ms of the server's clock. */
export type HealthDto = {
  days: HealthDays
  backlog: {
    open: number
    /** past the time by which they should have been looked at */
    overdue: number
    /** whichever has waited longest: since it came, or was brought back */
    oldest: { id: string; number: number; since: number } | null
    counts: Record<PriorityBand, Record<AgeBand, number>>
  }
  /** from the first report to the first claim, and to when it was first closed, by a decision or a sweep */
  toClaim: Spread
  toClosing: Spread
  /** how often the next case was taken instead of one, not by whom: skipping is nobody's fault */
  skipped: number
  /** of the decisions made in these days that were carried out */
  decided: {
    decisions: number
    /** appealed or taken back, so that the case was open again */
    reopened: number
    /** taken back other than by an appeal */
    undone: number
    /** other than the ladder said */
    overridden: number
    badFaith: number
  }
  /** cases that a reporter's bad faith closed, without a decision for each */
  swept: number
  appeals: { answered: number; changed: number }
  /** writes that were refused because a colleague was first, or had it in hand, or the claim was over */
  collisions: { changed: number; claimed: number; lost: number }
  /** by name */
  people: PersonHealth[]
  serverNow: number
}
