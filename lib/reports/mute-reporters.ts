import 'server-only'
import { and, eq, exists, gt, inArray, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { AuditEvent } from '@/lib/audit/events'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { reportMutes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from '@/lib/mutes/internal'
import type { ReportMuteDays } from './report-mute-rules'
import { reporterKeyOf } from './set-aside'

type Wish = {
  connection: string
  reporterIds: readonly string[]
  days: ReportMuteDays
  /** the decision whose undo lifts it, and its case */
  by: { decisionId: string; case: string; number: number } | null
}

const rowsAtOnce = 500
const isInForce = and(isNull(reportMutes.liftedAt), gt(reportMutes.until, databaseNow))
const asked = alias(reportMutes, 'asked')

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

/**
 * Ends what still holds of those that came with decisions, or all that hold of the reporter of one that does. Gives what
 * the caller records: an event for each reporter of whom none is left.
 */
export async function endReportMutes(
  tx: Tx,
  who: Pick<Actor, 'id' | 'name'>,
  which: { decisionIds: readonly string[] } | { id: string },
): Promise<AuditEvent[]> {
  const isOne = 'id' in which
  const isAsked = isOne ? eq(asked.id, which.id) : inArray(asked.decisionId, [...which.decisionIds])
  const ofReporters = exists(
    tx
      .select({ id: asked.id })
      .from(asked)
      .where(
        and(
          ...[isAsked, isNull(asked.liftedAt), gt(asked.until, databaseNow)],
          eq(asked.connection, reportMutes.connection),
          eq(asked.reporterId, reportMutes.reporterId),
        ),
      ),
  )
  // All of a reporter's, in one order: of two who end some of them at once the second sees that none is left.
  const held = await tx
    .select()
    .from(reportMutes)
    .where(and(isInForce, ofReporters))
    .orderBy(reportMutes.id)
    .for('update')
  const ended = await tx
    .update(reportMutes)
    .set({ liftedAt: databaseNow, liftedBy: who.id })
    .where(and(isInForce, isOne ? ofReporters : inArray(reportMutes.decisionId, [...which.decisionIds])))
    .returning()
  const endedIds = new Set(ended.map(({ id }) => id))
  const left = new Set(held.filter(({ id }) => !endedIds.has(id)).map(reporterKeyOf))
  const unmuted = new Map(ended.map((mute) => [reporterKeyOf(mute), mute]))
  return [...unmuted].flatMap(([key, { connection, reporterId }]) =>
    left.has(key)
      ? []
      : {
          type: 'reporter.unmuted' as const,
          actorId: who.id,
          actorName: who.name,
          connection,
          userId: reporterId,
          data: {},
        },
  )
}
