/** How often a reporter was right, of those reports that were judged. */
export type Accuracy = { valid: number; judged: number }

/** How often one person reported another, of the newest `maxPairReports`; `notValid`: in bad faith too. */
export type ReportTally = { count: number; valid: number; notValid: number }

/** What the accused and a reporter have reported of each other in other cases. */
export type MutualHistory = { byAccused: ReportTally; byReporter: ReportTally }
