import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { reportMutes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import type { ReportMuteDays } from './report-mute-rules'

type Wish = {
  connection: string
  reporterIds: readonly string[]
  days: ReportMuteDays
  /** the decision whose undo lifts it, and its case */
  by: { decisionId: string; case: string; number: number } | null
}

const rowsAtOnce = 500
const isInForce = and(isNull(reportMutes.liftedAt), sql`${reportMutes.until} > ${databaseNow}`)

/** Sets aside what these reporters report, for so many days by the database's clock. Gives what the caller records. */
export async function muteReporters(
  tx: Tx,
  who: Pick<Actor, 'id' | 'name'>,
  { connection, reporterIds, days, by }: Wish,
): Promise<AuditEvent[]> {
  const events: AuditEvent[] = []
  for (let from = 0; from < reporterIds.length; from += rowsAtOnce) {
    const made = await tx
      .insert(reportMutes)
      .values(
        reporterIds.slice(from, from + rowsAtOnce).map((reporterId) => ({
          ...{ id: crypto.randomUUID(), connection, reporterId },
          ...{ until: inSeconds(days * 86_400), mutedBy: who.id, decisionId: by?.decisionId ?? null },
        })),
      )
      .returning({ userId: reportMutes.reporterId, until: reportMutes.until })
    for (const { userId, until } of made)
      events.push({
        type: 'reporter.muted',
        actorId: who.id,
        actorName: who.name,
        connection,
        userId,
        data: { until, ...(by && { case: by.case, number: by.number }) },
      })
  }
  return events
}

/** Ends what still holds of those that came with a decision, or of one. Gives what the caller records. */
export async function endReportMutes(
  tx: Tx,
  who: Pick<Actor, 'id' | 'name'>,
  which: { decisionId: string } | { id: string },
): Promise<AuditEvent[]> {
  const isAsked = 'id' in which ? eq(reportMutes.id, which.id) : eq(reportMutes.decisionId, which.decisionId)
  const ended = await tx
    .update(reportMutes)
    .set({ liftedAt: databaseNow, liftedBy: who.id })
    .where(and(isAsked, isInForce))
    .returning()
  return ended.map(({ connection, reporterId }) => ({
    type: 'reporter.unmuted',
    actorId: who.id,
    actorName: who.name,
    connection,
    userId: reporterId,
    data: {},
  }))
}
