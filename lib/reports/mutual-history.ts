import 'server-only'
import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { reports } from '@/lib/db/schema'
import type { CaseRow } from './change-case'
import { maxPairReports } from './queue-rules'
import type { MutualHistory, ReportTally } from './reporter-dtos'

const none: ReportTally = { count: 0, valid: 0, notValid: 0 }

/** What the accused of a case and each of these reporters have reported of each other in other cases. */
export async function mutualHistories(
  db: Db,
  { id, connection, accusedId }: Pick<CaseRow, 'id' | 'connection' | 'accusedId'>,
  reporterIds: readonly string[],
): Promise<(reporterId: string) => MutualHistory> {
  if (reporterIds.length === 0) return () => ({ byAccused: none, byReporter: none })
  const pairs = reporterIds.flatMap((reporterId) => [
    sql`(${reporterId}::text, ${accusedId}::text)`,
    sql`(${accusedId}::text, ${reporterId}::text)`,
  ])
  const rows = await db
    .select({
      from: sql<string>`pair.reporter_id`,
      to: sql<string>`pair.accused_id`,
      count: sql<number>`count(*)::int`,
      valid: sql<number>`count(*) filter (where found.verdict = 'valid')::int`,
      notValid: sql<number>`count(*) filter (where found.verdict in ('not_valid', 'bad_faith'))::int`,
    })
    .from(
      sql`(values ${sql.join(pairs, sql`, `)}) as pair (reporter_id, accused_id) cross join lateral (
        select verdict from ${reports} where connection = ${connection} and reporter_id = pair.reporter_id
          and accused_id = pair.accused_id and case_id <> ${id}
        order by received_at desc nulls last limit ${maxPairReports}
      ) as found`,
    )
    .groupBy(sql`pair.reporter_id`, sql`pair.accused_id`)
  const tallyOf = (from: string, to: string): ReportTally => {
    const { count, valid, notValid } = rows.find((row) => row.from === from && row.to === to) ?? none
    return { count, valid, notValid }
  }
  return (reporterId) => ({
    byAccused: tallyOf(accusedId, reporterId),
    byReporter: tallyOf(reporterId, accusedId),
  })
}
