import 'server-only'
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { bulkMuteCases, cases, decisions } from '@/lib/db/schema'
import type { RunCaseDto, RunCaseState, RunCasesDto } from './case-schemas'

/** What has become of a case of a run, over `bulk_mute_cases` left joined with its decision. */
const caseState = sql<RunCaseState>`case when ${decisions.status} = 'undone' then 'reopened'
  else ${bulkMuteCases.status} end`

/** How many cases each of these runs has, by what became of them; none where it has none. */
export async function countRunCases(db: Db, bulkIds: readonly string[]): Promise<Map<string, RunCasesDto>> {
  const rows = await db
    .select({ bulkId: bulkMuteCases.bulkId, wish: bulkMuteCases.wish, state: caseState, cases: count() })
    .from(bulkMuteCases)
    .leftJoin(decisions, eq(decisions.id, bulkMuteCases.decisionId))
    .where(inArray(bulkMuteCases.bulkId, [...bulkIds]))
    .groupBy(bulkMuteCases.bulkId, bulkMuteCases.wish, caseState)
  const counts = new Map<string, RunCasesDto>()
  for (const { bulkId, wish, state, cases } of rows)
    counts.set(bulkId, {
      ...(counts.get(bulkId) ?? { wish, waiting: 0, decided: 0, left: 0, reopened: 0 }),
      [state]: cases,
    })
  return counts
}

/** With which cases these accounts came into a run, by account, in the order of their numbers. */
export async function casesOfAccounts(
  db: Db,
  bulkId: string,
  userIds: readonly string[],
): Promise<Map<string, RunCaseDto[]>> {
  const rows = await db
    .select({
      userId: cases.accusedId,
      id: cases.id,
      number: cases.number,
      state: caseState,
      why: bulkMuteCases.why,
    })
    .from(bulkMuteCases)
    .innerJoin(cases, eq(cases.id, bulkMuteCases.caseId))
    .leftJoin(decisions, eq(decisions.id, bulkMuteCases.decisionId))
    .where(and(eq(bulkMuteCases.bulkId, bulkId), inArray(cases.accusedId, [...userIds])))
    .orderBy(asc(cases.number))
  const byAccount = new Map<string, RunCaseDto[]>()
  for (const { userId, ...one } of rows) byAccount.set(userId, [...(byAccount.get(userId) ?? []), one])
  return byAccount
}
