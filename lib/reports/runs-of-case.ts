import 'server-only'
import { and, desc, eq, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { CaseRunDto, RunCaseState } from '@/lib/bulk-mutes/case-schemas'
import type { Db } from '@/lib/db'
import { bulkMuteCases, bulkMutes, decisions, moderators } from '@/lib/db/schema'

/** The bulk mutes that a case was made part of, newest first; not those that were thrown away before they started. */
export function runsOfCase(db: Db, caseId: string): Promise<CaseRunDto[]> {
  return db
    .select({
      bulkId: bulkMutes.id,
      by: moderators.name,
      at: bulkMutes.createdAt,
      wish: bulkMuteCases.wish,
      state: sql<RunCaseState>`case when ${decisions.status} = 'undone' then 'reopened'
        else ${bulkMuteCases.status} end`,
      why: bulkMuteCases.why,
    })
    .from(bulkMuteCases)
    .innerJoin(bulkMutes, eq(bulkMutes.id, bulkMuteCases.bulkId))
    .innerJoin(moderators, eq(moderators.id, bulkMutes.actorId))
    .leftJoin(decisions, eq(decisions.id, bulkMuteCases.decisionId))
    .where(
      and(
        eq(bulkMuteCases.caseId, caseId),
        or(isNotNull(bulkMutes.startedAt), ne(bulkMutes.status, 'cancelled')),
      ),
    )
    .orderBy(desc(bulkMutes.createdAt))
    .limit(10)
}
