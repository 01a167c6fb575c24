/** For how many days a reporter's reports can be set aside, to choose from. */
export const reportMuteDays = [1, 7, 30] as const
export type ReportMuteDays = (typeof reportMuteDays)[number]

/** So many mutes of reporters are on one screen, and of each so many of its reports. */
export const shownReportMutes = 50
export const shownSetAside = 20
