import * as z from 'zod'
import { reportMuteDays } from './report-mute-rules'
import type { ReportCategory, ReportSource } from './rules'

/** For how long the reports of a reporter are set aside. */
export const reportMuteDaysSchema = z.literal([...reportMuteDays], 'invalid')

export const liftReportMuteSchema = z.strictObject({ reportMuteId: z.uuid('invalid') })
export type LiftReportMuteInput = z.infer<typeof liftReportMuteSchema>

/** The last mute of a page, as an address holds it: `mutedAt` is epoch ms. */
export const reportMuteCursorSchema = z.strictObject({
  mutedAt: z.coerce.number().int().min(0).max(8_640_000_000_000),
  id: z.uuid(),
})
export type ReportMuteCursor = z.infer<typeof reportMuteCursorSchema>

/** A report that came in while its reporter's are set aside; instants in epoch ms. */
export type SetAsideReportDto = {
  id: string
  source: ReportSource
  accusedId: string
  category: ReportCategory
  text: string
  receivedAt: number
}

/** A mute of a reporter with the newest of what it kept from the queue. */
export type ReportMuteDto = {
  id: string
  connection: string
  reporter: { userId: string; nickname: string | null }
  until: number
  mutedAt: number
  mutedBy: string
  /** where it was decided; null: with a sweep */
  case: { id: string; number: number } | null
  liftedAt: number | null
  liftedBy: string | null
  isInForce: boolean
  reportCount: number
  reports: SetAsideReportDto[]
}
/** `next`: after which mute the next page of those in force begins; null: these were all */
export type ReportMutesDto = { mutes: ReportMuteDto[]; next: ReportMuteCursor | null; serverNow: number }
