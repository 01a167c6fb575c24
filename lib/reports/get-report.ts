import 'server-only'
import { eq } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { cases, reports, setAsideReports } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { PublicReportDto } from './api-schemas'
import type { ReportKey } from './report-schemas'
import type { CaseStatus, Verdict } from './rules'

/**
 * A report as its reporter may know it: how far the work is and what was found, never what was done about the accused.
 * Throws `FORBIDDEN` and `NOT_FOUND`.
 */
export async function getReport(
  { db }: Pick<Context, 'db'>,
  actor: Actor,
  { reportId }: ReportKey,
): Promise<PublicReportDto> {
  requirePermission(actor, 'reports:read')
  const [row] = await db
    .select({ report: reports, at: cases })
    .from(reports)
    .innerJoin(cases, eq(cases.id, reports.caseId))
    .where(eq(reports.id, reportId))
  if (!row) return getSetAside(db, reportId)
  const { id, connection, accusedId, category, receivedAt } = row.report
  const status = progressOf[row.at.status]
  return {
    ...{ id, connection, accusedId, category, receivedAt, status },
    caseNumber: row.at.number,
    outcome: status === 'handled' ? outcomeOf(row.report.verdict ?? row.at.verdict) : null,
  }
}

/** That nobody looks at it is not for its reporter to learn from here. */
async function getSetAside(db: Context['db'], reportId: string): Promise<PublicReportDto> {
  const { id, connection, accusedId, category, receivedAt } = setAsideReports
  const [row] = await db
    .select({ id, connection, accusedId, category, receivedAt })
    .from(setAsideReports)
    .where(eq(id, reportId))
  if (!row) throw new AppError('NOT_FOUND')
  return { ...row, caseNumber: null, status: 'received', outcome: null }
}

const progressOf: Record<CaseStatus, PublicReportDto['status']> = {
  new: 'received',
  triaged: 'received',
  claimed: 'in_review',
  waiting: 'in_review',
  // Until it is carried out it may still come back.
  decided: 'in_review',
  merged: 'in_review',
  reopened: 'in_review',
  closed: 'handled',
  // The answer to the reporter stands while the accused has the decision looked at again.
  appealed: 'handled',
}

function outcomeOf(verdict: Verdict | null): PublicReportDto['outcome'] {
  switch (verdict) {
    case 'valid':
      return 'violation_found'
    // That somebody takes a report for one in bad faith is not for its reporter to learn from here.
    case 'not_valid':
    case 'bad_faith':
      return 'no_violation_found'
    case 'duplicate':
    case 'cannot_judge':
    case null:
      return 'undecided'
    default:
      return verdict satisfies never
  }
}
