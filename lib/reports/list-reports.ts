import 'server-only'
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { accounts, reports } from '@/lib/db/schema'
import type { ReportDto } from './case-schemas'
import type { CaseRow } from './change-case'
import { mutualHistories } from './mutual-history'
import { shownReports } from './queue-rules'
import type { Accuracy } from './reporter-dtos'

/** The newest reports of a case, with what is known of who made them. */
export async function listReports(db: Db, of: CaseRow): Promise<ReportDto[]> {
  const { id, connection } = of
  const rows = await db
    .select({ report: reports, nickname: accounts.nickname })
    .from(reports)
    .leftJoin(
      accounts,
      and(eq(accounts.connection, reports.connection), eq(accounts.userId, reports.reporterId)),
    )
    .where(eq(reports.caseId, id))
    .orderBy(desc(reports.receivedAt), desc(reports.id))
    .limit(shownReports)
  const reporters = [...new Set(rows.flatMap(({ report }) => report.reporterId ?? []))]
  const [accuracies, mutualOf] = await Promise.all([
    accuraciesOf(db, connection, reporters),
    mutualHistories(db, of, reporters),
  ])
  return rows.map(
    ({ report, nickname }): ReportDto => ({
      id: report.id,
      source: report.source,
      reporter:
        report.reporterId === null
          ? null
          : {
              userId: report.reporterId,
              nickname,
              accuracy: accuracies.get(report.reporterId) ?? { valid: 0, judged: 0 },
              mutual: mutualOf(report.reporterId),
            },
      category: report.category,
      text: report.text,
      language: report.language,
      clientTime: report.clientTime,
      receivedAt: report.receivedAt,
      verdict: report.verdict,
      evidence: report.evidence,
      evidenceWhy: report.evidenceWhy,
    }),
  )
}

/** How often these reporters were right: of what was judged; duplicates and what nobody could judge say nothing. */
async function accuraciesOf(
  db: Db,
  connection: string,
  reporterIds: string[],
): Promise<Map<string | null, Accuracy>> {
  if (reporterIds.length === 0) return new Map()
  const rows = await db
    .select({
      reporterId: reports.reporterId,
      valid: sql<number>`count(*) filter (where ${reports.verdict} = 'valid')::int`,
      judged: sql<number>`count(*) filter (where ${reports.verdict} in ('valid', 'not_valid', 'bad_faith'))::int`,
    })
    .from(reports)
    .where(
      and(
        eq(reports.connection, connection),
        inArray(reports.reporterId, reporterIds),
        isNotNull(reports.verdict),
      ),
    )
    .groupBy(reports.reporterId)
  return new Map(rows.map(({ reporterId, ...accuracy }) => [reporterId, accuracy]))
}
