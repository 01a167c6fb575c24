import 'server-only'
import { desc, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { accounts } from '@/lib/db/schema'
import { canMatchInside, escapeLike, foldName, wideKey } from './search-key'

/** How many matches of each kind are weighed before the best are shown. */
const candidates = 300

/** What the index on names holds of them; see lib/db/schema/accounts.ts. */
const indexedLength = 32
const indexedBeginning = sql.raw(`left(search_key, ${indexedLength})`)

export type DirectoryRow = {
  connection: string
  userId: string
  nickname: string | null
  avatarUrl: string | null
}

/**
 * The directory's accounts whose name contains the text or whose id begins with it, best first: the very id, then
 * names and ids that begin with it, then those seen last. At most `limit`, and whether there were more.
 *
 * The work is bounded whatever is asked: beginnings are read from the first that fits on, in the order of an index;
 * for the inside of a name the trigram index gives the first that come.
 */
export async function findInDirectory(
  db: Db,
  text: string,
  connections: readonly string[],
  limit: number,
): Promise<{ rows: DirectoryRow[]; hasMore: boolean }> {
  const folded = foldName(text)
  if (text === '' || connections.length === 0) return { rows: [], hasMore: false }
  const found = sql.join(
    [
      idsBeginning(text, connections),
      ...(folded === '' ? [] : [namesBeginning(folded, connections)]),
      ...(canMatchInside(folded) ? [namesContaining(folded, connections)] : []),
    ],
    sql` union `,
  )
  const rows = await db
    .select({
      connection: sql<string>`connection`,
      userId: sql<string>`user_id`,
      nickname: sql<string | null>`nickname`,
      avatarUrl: sql<string | null>`avatar_url`,
    })
    .from(sql`(${found}) as found`)
    .orderBy(
      desc(sql`user_id = ${text}`),
      desc(sql`starts_with(search_key, ${folded}) or starts_with(user_id, ${text})`),
      desc(sql`seen_at`),
      sql`user_id`,
    )
    .limit(limit + 1)
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

const columns = sql`accounts.connection, user_id, nickname, avatar_url, search_key, seen_at`

function idsBeginning(text: string, connections: readonly string[]): SQL {
  return firstOfEach(connections, sql`user_id like ${`${escapeLike(text)}%`}`, sql`user_id`)
}

function namesBeginning(folded: string, connections: readonly string[]): SQL {
  const indexed = [...folded].slice(0, indexedLength).join('')
  const begins = sql`${indexedBeginning} like ${`${escapeLike(indexed)}%`}`
  // Asked without need it would have the planner expect few rows, and then sort all of them.
  const matches = indexed === folded ? begins : sql`${begins} and starts_with(search_key, ${folded})`
  return firstOfEach(connections, matches, indexedBeginning)
}

/** Connection by connection, the first matches in the index's own order, which is that of `~<~`. */
function firstOfEach(connections: readonly string[], matches: SQL, order: SQL): SQL {
  const wanted = sql.join(
    connections.map((connection) => sql`(${connection})`),
    sql`, `,
  )
  return sql`(
    select first.* from (values ${wanted}) as wanted (connection)
    cross join lateral (
      select ${columns} from ${accounts}
      where accounts.connection = wanted.connection and ${matches}
      order by ${order} using ~<~ limit ${candidates}
    ) as first
  )`
}

function namesContaining(folded: string, connections: readonly string[]): SQL {
  const pattern = `%${escapeLike(folded)}%`
  const wide = wideKey(folded)
  // The first two use the index; the last keeps the wide key itself from matching.
  const conditions = [
    sql`search_key like ${pattern}`,
    ...(wide ? [sql`search_key like ${`%${wide}%`}`] : []),
    sql`split_part(search_key, E'\n', 1) like ${pattern}`,
  ]
  return sql`(
    select ${columns} from ${accounts}
    where ${inArray(sql`accounts.connection`, [...connections])} and ${sql.join(conditions, sql` and `)}
    limit ${candidates}
  )`
}
