import 'server-only'
import { and, asc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { bulkMuteCases, bulkMuteItems, bulkMutes, cases, moderators, muteCommands } from '@/lib/db/schema'

/** A case of a run whose account's outcome there is final. */
export type RunCase = Awaited<ReturnType<typeof listWaitingCases>>[number]

/** The run has ended, and what became of the account will not change by itself any more. */
const isAtRest = and(
  inArray(bulkMutes.status, ['done', 'cancelled']),
  or(isNotNull(bulkMuteItems.skipped), inArray(muteCommands.status, ['applied', 'rejected'])),
)

/** Cases that wait to be decided or left by their run, and can be: in the order of their numbers, `most` of them. */
export function listWaitingCases(db: Db | Tx, most: number, which?: SQL) {
  return db
    .select({
      bulk: bulkMutes,
      case: cases,
      wish: bulkMuteCases.wish,
      item: { skipped: bulkMuteItems.skipped, forecast: bulkMuteItems.forecast },
      command: { id: muteCommands.id, status: muteCommands.status },
      author: moderators,
    })
    .from(bulkMuteCases)
    .innerJoin(bulkMutes, eq(bulkMutes.id, bulkMuteCases.bulkId))
    .innerJoin(moderators, eq(moderators.id, bulkMutes.actorId))
    .innerJoin(cases, eq(cases.id, bulkMuteCases.caseId))
    .innerJoin(
      bulkMuteItems,
      and(eq(bulkMuteItems.bulkId, bulkMuteCases.bulkId), eq(bulkMuteItems.userId, cases.accusedId)),
    )
    .leftJoin(muteCommands, eq(muteCommands.id, bulkMuteItems.commandId))
    .where(and(sql`${bulkMuteCases.status} = 'waiting'`, isAtRest, which))
    .orderBy(asc(bulkMutes.id), asc(cases.number))
    .limit(most)
}
