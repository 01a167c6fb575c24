import 'server-only'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { groups } from '@/lib/db/schema'
import type { GroupType } from '@/lib/provider/port'
import { restAgainSeconds } from './reconcile-subjects'

export type UnsearchedGroup = { groupId: string; type: GroupType }

/**
 * Up to `limit` groups of these types in whose members' mutes nobody has looked for a day: first those never looked at,
 * the newest first; then those of which that is longest ago.
 */
export async function unsearchedGroups(
  db: Db,
  connection: string,
  types: readonly GroupType[],
  limit: number,
): Promise<UnsearchedGroup[]> {
  // Type by type, as the index `groups_unsearched` has them: what is due is told apart here, as in `otherSubjects`.
  const isDue = sql<boolean>`(${groups.searchedAt} is null or ${groups.searchedAt} < now() - make_interval(secs => ${restAgainSeconds}))`
  const found = await Promise.all(
    types.map(async (type) => {
      const rows = await db
        .select({ groupId: groups.groupId, searchedAt: groups.searchedAt, at: groups.firstSeenAt, isDue })
        .from(groups)
        .where(and(eq(groups.connection, connection), eq(groups.type, type), isNull(groups.dissolvedAt)))
        .orderBy(sql`${groups.searchedAt} nulls first`, desc(groups.firstSeenAt))
        .limit(limit)
      return rows.flatMap((row) => (row.isDue ? [{ ...row, type }] : []))
    }),
  )
  return found
    .flat()
    .sort((a, b) => (a.searchedAt ?? 0) - (b.searchedAt ?? 0) || b.at - a.at)
    .slice(0, limit)
    .map(({ groupId, type }) => ({ groupId, type }))
}
