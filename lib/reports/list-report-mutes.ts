import 'server-only'
import { and, count, desc, eq, inArray, not, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { accounts, cases, decisions, moderators, reportMutes, setAsideReports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { shownReportMutes, shownSetAside } from './report-mute-rules'
import type { ReportMuteCursor, ReportMutesDto, SetAsideReportDto } from './report-mute-schemas'

const muter = alias(moderators, 'muter')
const lifter = alias(moderators, 'lifter')

const isInForce = sql<boolean>`(${reportMutes.liftedAt} is null and ${reportMutes.until} > ${databaseNow})`

/**
 * The mutes of reporters that are in force, page by page, and after the last of them the newest of those that have ended;
 * with what they kept from the queue. Throws `FORBIDDEN`.
 */
export async function listReportMutes(
  { db, clock }: Context,
  actor: Actor,
  after: ReportMuteCursor | null = null,
): Promise<ReportMutesDto> {
  requirePermission(actor, 'reports:lead')
  const found = await mutesOf(
    db,
    and(isInForce, after === null ? undefined : isAfter(after)),
    shownReportMutes + 1,
  )
  const inForce = found.slice(0, shownReportMutes)
  const last = found.length > shownReportMutes ? inForce.at(-1)?.mute : undefined
  const rows = last
    ? inForce
    : [...inForce, ...(await mutesOf(db, not(isInForce), shownReportMutes - inForce.length))]
  const ids = rows.map(({ mute }) => mute.id)
  const [counts, kept] = await Promise.all([countsOf(db, ids), Promise.all(ids.map((id) => keptBy(db, id)))])
  return {
    mutes: rows.map(({ mute, nickname, caseId, caseNumber, ...names }, index) => ({
      ...{ id: mute.id, connection: mute.connection, reporter: { userId: mute.reporterId, nickname } },
      ...{ until: mute.until, mutedAt: mute.mutedAt, liftedAt: mute.liftedAt },
      ...names,
      case: caseId === null || caseNumber === null ? null : { id: caseId, number: caseNumber },
      reportCount: counts.get(mute.id) ?? 0,
      reports: kept[index] ?? [],
    })),
    next: last ? { mutedAt: last.mutedAt, id: last.id } : null,
    serverNow: clock.now(),
  }
}

/** Of those that were muted at the same instant the ids decide. */
function isAfter({ mutedAt, id }: ReportMuteCursor): SQL {
  const at = sql`${new Date(mutedAt).toISOString()}::timestamptz`
  return sql`${reportMutes.mutedAt} <= ${at} and (${reportMutes.mutedAt} < ${at} or ${reportMutes.id} > ${id})`
}

/** The newest of these. Nulls last, of which there are none, as the index has it. */
function mutesOf(db: Db, which: SQL | undefined, most: number) {
  return db
    .select({
      mute: reportMutes,
      nickname: accounts.nickname,
      mutedBy: muter.name,
      liftedBy: lifter.name,
      caseId: cases.id,
      caseNumber: cases.number,
      isInForce,
    })
    .from(reportMutes)
    .innerJoin(muter, eq(muter.id, reportMutes.mutedBy))
    .leftJoin(lifter, eq(lifter.id, reportMutes.liftedBy))
    .leftJoin(decisions, eq(decisions.id, reportMutes.decisionId))
    .leftJoin(cases, eq(cases.id, decisions.caseId))
    .leftJoin(
      accounts,
      and(eq(accounts.connection, reportMutes.connection), eq(accounts.userId, reportMutes.reporterId)),
    )
    .where(which)
    .orderBy(sql`${reportMutes.mutedAt} desc nulls last`, reportMutes.id)
    .limit(most)
}

async function countsOf(db: Db, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: setAsideReports.reportMuteId, reports: count() })
    .from(setAsideReports)
    .where(inArray(setAsideReports.reportMuteId, ids))
    .groupBy(setAsideReports.reportMuteId)
  return new Map(rows.map(({ id, reports }) => [id, reports]))
}

function keptBy(db: Db, reportMuteId: string): Promise<SetAsideReportDto[]> {
  const { id, source, accusedId, category, text, receivedAt } = setAsideReports
  return db
    .select({ id, source, accusedId, category, text, receivedAt })
    .from(setAsideReports)
    .where(eq(setAsideReports.reportMuteId, reportMuteId))
    .orderBy(desc(receivedAt), id)
    .limit(shownSetAside)
}
