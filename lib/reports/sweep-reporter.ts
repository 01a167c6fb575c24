import 'server-only'
import { and, count, countDistinct, eq, inArray, isNull, not, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { cases, reports } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import type { DoSweepInput, SweepReporterInput } from './appeal-schemas'
import { hasOpenAppeal, isFree, nobody } from './change-case'
import type { SweepDto } from './decision-dtos'
import { muteReporters } from './mute-reporters'
import { openCaseStatuses } from './rules'

/** Without a verdict, in a case that is open. */
const isOpenReportOf = ({ connection, reporterId }: SweepReporterInput) =>
  and(
    eq(reports.connection, connection),
    eq(reports.reporterId, reporterId),
    isNull(reports.verdict),
    inArray(cases.status, [...openCaseStatuses]),
  )

/** How many open reports of a reporter a sweep would close, in how many cases. Throws `FORBIDDEN`. */
export async function countSweep(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  input: SweepReporterInput,
): Promise<SweepDto> {
  requirePermission(actor, 'reports:lead')
  const [row] = await db
    .select({ reports: count(), cases: countDistinct(reports.caseId) })
    .from(reports)
    .innerJoin(cases, eq(cases.id, reports.caseId))
    .where(isOpenReportOf(input))
  return row ?? { reports: 0, cases: 0 }
}

/**
 * Finds all open reports of a reporter to be in bad faith, and closes those cases that rest on them alone and that
 * nobody holds and nobody appealed in. `cases` are those that were closed. `muteDays` sets aside what they report from now
 * on. Throws `FORBIDDEN` and `UNKNOWN_CONNECTION`.
 */
export async function sweepReporter(
  { db, provider }: Pick<Context, 'db' | 'provider'>,
  actor: Actor,
  { muteDays, ...input }: DoSweepInput,
): Promise<SweepDto> {
  requirePermission(actor, 'reports:lead')
  provider(input.connection)
  return db.transaction(async (tx) => {
    const open = tx
      .select({ id: reports.id })
      .from(reports)
      .innerJoin(cases, eq(cases.id, reports.caseId))
      .where(isOpenReportOf(input))
    const swept = await tx
      .update(reports)
      .set({ verdict: 'bad_faith' })
      .where(and(inArray(reports.id, open), isNull(reports.verdict)))
      .returning({ caseId: reports.caseId })
    const closed = await closeEmptied(tx, actor, [...new Set(swept.map(({ caseId }) => caseId))].sort())
    const done = { reports: swept.length, cases: closed }
    const { connection, reporterId } = input
    const muted =
      muteDays === undefined
        ? []
        : await muteReporters(tx, actor, { connection, reporterIds: [reporterId], days: muteDays, by: null })
    const about = { actorId: actor.id, actorName: actor.name, connection, userId: reporterId }
    await recordAll(tx, [{ type: 'report.swept', ...about, data: done }, ...muted])
    return done
  })
}

async function closeEmptied(
  tx: Pick<Db, 'select' | 'update'>,
  by: Actor,
  caseIds: string[],
): Promise<number> {
  if (caseIds.length === 0) return 0
  const other = alias(reports, 'other')
  const hasOthers = tx
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.caseId, cases.id), or(isNull(other.verdict), sql`${other.verdict} <> 'bad_faith'`)))
  // Before the change: an appeal that is being filed is seen by the next statement.
  await tx
    .select({ id: cases.id })
    .from(cases)
    .where(inArray(cases.id, caseIds))
    .orderBy(cases.id)
    .for('update')
  const decided = await tx
    .update(cases)
    .set({ ...nobody, status: 'decided', version: sql`${cases.version} + 1` })
    .where(
      and(
        inArray(cases.id, caseIds),
        inArray(cases.status, [...openCaseStatuses]),
        isFree,
        not(hasOpenAppeal),
        notExists(hasOthers),
      ),
    )
    .returning({ id: cases.id })
  if (decided.length > 0)
    await tx
      .update(cases)
      .set({ status: 'closed', closedAt: databaseNow, closedBy: by.id, verdict: 'bad_faith' })
      .where(
        inArray(
          cases.id,
          decided.map(({ id }) => id),
        ),
      )
  return decided.length
}
