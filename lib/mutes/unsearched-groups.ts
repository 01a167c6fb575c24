import 'server-only'
import { and, desc, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { groups, muteStates } from '@/lib/db/schema'
import type { GroupType } from '@/lib/provider/port'
import { freshAgainSeconds, freshSeconds, restAgainSeconds } from './reconcile-subjects'

export type UnsearchedGroup = { groupId: string; type: GroupType }

/**
 * Up to `limit` groups of these types in whose members' mutes nobody has looked for a day: first those in which a mute
 * changed since, the last change first, within the hour; then those never looked at, the newest first; then those of
 * which that is longest ago.
 */
export async function unsearchedGroups(
  db: Db,
  connection: string,
  types: readonly GroupType[],
  limit: number,
): Promise<UnsearchedGroup[]> {
  const [changed, others] = await Promise.all([
    changedGroups(db, connection, limit),
    otherGroups(db, connection, types, limit),
  ])
  const fresh = changed.flatMap(({ groupId, type }) =>
    type !== null && types.includes(type) ? [{ groupId, type }] : [],
  )
  const isFresh = new Set(fresh.map(({ groupId }) => groupId))
  return [...fresh, ...others.filter(({ groupId }) => !isFresh.has(groupId))].slice(0, limit)
}

function changedGroups(db: Db, connection: string, limit: number) {
  const lastChange = sql`max(${muteStates.changedAt})`
  return db
    .select({ groupId: groups.groupId, type: groups.type })
    .from(muteStates)
    .innerJoin(
      groups,
      and(eq(groups.connection, muteStates.connection), eq(groups.groupId, muteStates.groupId)),
    )
    .where(
      and(
        eq(muteStates.connection, connection),
        ne(muteStates.groupId, ''),
        gt(muteStates.changedAt, secondsAgo(freshSeconds)),
        isNull(groups.dissolvedAt),
        or(
          isNull(groups.searchedAt),
          and(
            lt(groups.searchedAt, muteStates.changedAt),
            lt(groups.searchedAt, secondsAgo(freshAgainSeconds)),
          ),
        ),
      ),
    )
    .groupBy(groups.groupId, groups.type)
    .orderBy(desc(lastChange))
    .limit(limit)
}

/** Type by type, as the index `groups_unsearched` has them: what is due is told apart here, as in `otherSubjects`. */
async function otherGroups(
  db: Db,
  connection: string,
  types: readonly GroupType[],
  limit: number,
): Promise<UnsearchedGroup[]> {
  const isDue = sql<boolean>`(${groups.searchedAt} is null or ${groups.searchedAt} < ${secondsAgo(restAgainSeconds)})`
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
    .map(({ groupId, type }) => ({ groupId, type }))
}

// `now()`: an index can be searched for what does not change during the statement.
function secondsAgo(seconds: number) {
  return sql`now() - make_interval(secs => ${seconds})`
}
