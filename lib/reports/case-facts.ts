import 'server-only'
import { eq, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { recordsOf } from '@/lib/db/rows'
import { cases, muteCommands, reports, strikes } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import type { CaseFacts } from './case-gain'
import { maxRepeat, maxVolume } from './priority'
import { priorityWhySchema } from './report-schemas'

/** How many of a reporter's latest reports say how often they are right. */
const judgedOfLatest = 50

/** A report that joins a case. */
export type Joining = Pick<typeof reports.$inferSelect, 'caseId' | 'reporterId'>

/**
 * What decides where these reports put their cases, of which there must be one each; one statement, however many. Every
 * part reads a bounded piece of an index, so that the thousandth report costs what the second one does.
 */
export async function readFacts(
  tx: Tx,
  joining: readonly Joining[],
): Promise<(report: Joining) => CaseFacts> {
  const asked = new Map(joining.map((report) => [keyOf(report), report]))
  const latest = sql`(select ${reports.verdict} from ${reports}
    where ${reports.connection} = ${cases.connection} and ${reports.reporterId} = ${joined.reporterId}
    order by ${reports.receivedAt} desc nulls last limit ${judgedOfLatest}) as latest`
  const rows = await tx
    .select({
      caseId: cases.id,
      reporterId: sql<string | null>`${joined.reporterId}`,
      number: cases.number,
      category: cases.category,
      priority: cases.priority,
      why: cases.priorityWhy,
      reportCount: cases.reportCount,
      now: sql<number>`(extract(epoch from ${databaseNow}) * 1000)::bigint`.mapWith(Number),
      isKnown: sql<boolean>`exists (select from ${reports}
        where ${reports.caseId} = ${cases.id} and ${reports.reporterId} = ${joined.reporterId})`,
      reportsLastHour: sql<number>`(select count(*)::int from (select from ${reports}
        where ${reports.caseId} = ${cases.id} and ${reports.receivedAt} > now() - interval '1 hour'
        limit ${maxVolume}) as lately)`,
      repeats: sql<number>`(select count(*)::int from (
        (select from ${strikes} where ${strikes.connection} = ${cases.connection}
          and ${strikes.userId} = ${cases.accusedId} and ${strikes.givenAt} > now() - interval '30 days'
          and ${strikes.voidedAt} is null limit ${maxRepeat})
        union all
        (select from ${muteCommands} where ${muteCommands.connection} = ${cases.connection}
          and ${muteCommands.userId} = ${cases.accusedId}
          and ${muteCommands.requestedAt} > now() - interval '30 days'
          and ${muteCommands.kind} = 'mute' and ${muteCommands.status} = 'applied' limit ${maxRepeat})
        ) as lately)`,
      ofReporter: sql<{ judged: number; valid: number }>`(select jsonb_build_object(
        'judged', count(*) filter (where verdict in ('valid', 'not_valid', 'bad_faith')),
        'valid', count(*) filter (where verdict = 'valid')) from ${latest})`,
    })
    .from(cases)
    .innerJoin(
      recordsOf('joining', { caseId: reports.caseId, reporterId: reports.reporterId }, [...asked.values()]),
      eq(cases.id, joined.caseId),
    )
  const found = new Map(
    rows.map(({ caseId, why, reportCount, ofReporter, ...row }) => [
      keyOf({ caseId, reporterId: row.reporterId }),
      { ...row, ...ofReporter, why: reportCount === 0 ? null : priorityWhySchema.parse(why) },
    ]),
  )
  return (report) => {
    const facts = found.get(keyOf(report))
    if (!facts) throw new Error('the case went away under its lock')
    return facts
  }
}

const joined = {
  caseId: sql`joining.${sql.identifier(reports.caseId.name)}`,
  reporterId: sql`joining.${sql.identifier(reports.reporterId.name)}`,
}

const keyOf = ({ caseId, reporterId }: Joining) =>
  `${caseId} ${reporterId === null ? '' : `by ${reporterId}`}`
