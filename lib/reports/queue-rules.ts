import type { CaseStatus } from './rules'

/** What the queue of cases is looked at by. */
export const queueTabs = ['new', 'mine', 'held', 'expiring', 'appeals', 'done'] as const
export type QueueTab = (typeof queueTabs)[number]

/** Cases with one of these wait for anybody. */
export const unclaimedStatuses = ['new', 'triaged', 'reopened'] as const satisfies CaseStatus[]

/** Cases on one page of the queue. */
export const queuePageSize = 25
/** Nothing is counted beyond this: "999+". */
export const maxTabCount = 1_000
/** A mute that ends within so many seconds is in the tab "expiring". */
export const expiringSeconds = 3_600

/** How far ahead an empty queue tells what comes, in seconds. */
export const foreseenSeconds = 86_400

/** What is typed into the filters: exact ids. */
export const maxFilterIdLength = 32

/** How long "Hold" keeps a case, to choose from, in seconds. */
export const holdChoices = [1_800, 7_200, 86_400, 259_200] as const
export const minHoldSeconds = 60
/** A colleague whom a case was handed to has so long to take it; then it is anybody's. In seconds. */
export const handOverSeconds = 86_400

/** Somebody who was not heard of for so long does not count as looking at a case. In seconds. */
export const presenceSeconds = 30
/** How often a tab says that it looks at a case, in ms. */
export const presenceMs = 10_000
/** A claim is renewed at most so often, in ms, and only where somebody does something. */
export const renewMs = 60_000

/** Messages of the evidence on one screen; reports, notes and earlier cases. */
export const shownMessages = 500
export const shownReports = 50
export const shownNotes = 50
/** Of what two people reported of each other no more is counted. */
export const maxPairReports = 100
export const shownEarlier = 20
