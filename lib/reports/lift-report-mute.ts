import 'server-only'
import { eq } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { reportMutes } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { endReportMutes } from './mute-reporters'
import type { LiftReportMuteInput } from './report-mute-schemas'

/**
 * Has a reporter's reports worked on again from now on: all mutes of theirs end; what was set aside stays so. One that
 * has ended already leaves everything as it is. Throws `FORBIDDEN` and `NOT_FOUND`.
 */
export async function liftReportMute(
  { db }: Context,
  actor: Actor,
  { reportMuteId }: LiftReportMuteInput,
): Promise<LiftReportMuteInput> {
  requirePermission(actor, 'reports:lead')
  await db.transaction(async (tx) => {
    const events = await endReportMutes(tx, actor, { id: reportMuteId })
    if (events.length > 0) await recordAll(tx, events)
    else if ((await tx.$count(reportMutes, eq(reportMutes.id, reportMuteId))) === 0)
      throw new AppError('NOT_FOUND')
  })
  return { reportMuteId }
}
