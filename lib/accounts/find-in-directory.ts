import 'server-only'
import { and, desc, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { accounts } from '@/lib/db/schema'
import { canMatchInside, escapeLike, foldName, wideKey } from './search-key'

/** How many matches are weighed before the best are shown. */
const candidates = 300

export type DirectoryRow = { connection: string; userId: string; nickname: string | null }

/**
 * The directory's accounts whose name contains the text or whose id begins with it, best first: names that begin with
 * it, then those seen last. At most `limit`, and whether there were more.
 */
export async function findInDirectory(
  db: Db,
  text: string,
  connections: readonly string[],
  limit: number,
): Promise<{ rows: DirectoryRow[]; hasMore: boolean }> {
  const folded = foldName(text)
  if (text === '' || connections.length === 0) return { rows: [], hasMore: false }
  const matches = [sql`${accounts.userId} like ${`${escapeLike(text)}%`}`]
  if (folded !== '') matches.push(nameMatches(folded))
  const found = db
    .select()
    .from(accounts)
    .where(and(inArray(accounts.connection, [...connections]), or(...matches)))
    .limit(candidates)
    .as('found')
  const rows = await db
    .select({ connection: found.connection, userId: found.userId, nickname: found.nickname })
    .from(found)
    .orderBy(
      desc(sql`${found.userId} = ${text}`),
      desc(sql`starts_with(${found.searchKey}, ${folded})`),
      desc(found.seenAt),
      found.userId,
    )
    .limit(limit + 1)
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

function nameMatches(folded: string): SQL {
  if (!canMatchInside(folded)) return sql`${accounts.searchKey} like ${`${escapeLike(folded)}%`}`
  const pattern = `%${escapeLike(folded)}%`
  const wide = wideKey(folded)
  // The first two use the index; the last keeps the wide key itself from matching.
  const conditions = [
    sql`${accounts.searchKey} like ${pattern}`,
    ...(wide ? [sql`${accounts.searchKey} like ${`%${wide}%`}`] : []),
    sql`split_part(${accounts.searchKey}, E'\n', 1) like ${pattern}`,
  ]
  return sql`(${sql.join(conditions, sql` and `)})`
}
