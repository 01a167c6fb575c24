import 'server-only'
import { and, count, desc, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { accounts, cases, decisions, moderators, reportMutes, setAsideReports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { shownReportMutes, shownSetAside } from './report-mute-rules'
import type { ReportMutesDto, SetAsideReportDto } from './report-mute-schemas'

const muter = alias(moderators, 'muter')
const lifter = alias(moderators, 'lifter')

/** The newest mutes of reporters, with what they kept from the queue. Throws `FORBIDDEN`. */
export async function listReportMutes({ db, clock }: Context, actor: Actor): Promise<ReportMutesDto> {
  requirePermission(actor, 'reports:lead')
  const rows = await db
    .select({
      mute: reportMutes,
      nickname: accounts.nickname,
      mutedBy: muter.name,
      liftedBy: lifter.name,
      caseId: cases.id,
      caseNumber: cases.number,
      isInForce: sql<boolean>`${reportMutes.liftedAt} is null and ${reportMutes.until} > ${databaseNow}`,
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
    .orderBy(desc(reportMutes.mutedAt), reportMutes.id)
    .limit(shownReportMutes)
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
    serverNow: clock.now(),
  }
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
