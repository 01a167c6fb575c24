import 'server-only'
import { desc, inArray, type SQL, sql } from 'drizzle-orm'
import { canMatchInside, escapeLike, foldName, wideKey } from './search-key'

/** How many matches of each kind are weighed before the best are shown. */
const candidates = 300

/** What the indexes on names hold of them; see lib/db/schema/accounts.ts. */
const indexedLength = 32
const indexedBeginning = sql.raw(`left(search_key, ${indexedLength})`)

/** A table of named things, with the columns `connection`, `search_key` and `seen_at` and the indexes of `accounts`. */
export type NamedTable = {
  table: SQL
  /** the column with the id */
  id: SQL
}

/**
 * What to select from, and in which order, to get the rows whose name contains the text or whose id begins with it,
 * best first: the very id, then names and ids that begin with it, then those seen last. To be given a limit.
 *
 * The work is bounded whatever is asked: beginnings are read from the first that fits on, in the order of an index;
 * for the inside of a name the trigram index gives the first that come.
 */
export function namesMatching(
  { table, id }: NamedTable,
  text: string,
  connections: readonly string[],
): { from: SQL; orderBy: SQL[] } {
  const folded = foldName(text)
  const found = sql.join(
    [
      idsBeginning(table, id, text, connections),
      ...(folded === '' ? [] : [namesBeginning(table, folded, connections)]),
      ...(canMatchInside(folded) ? [namesContaining(table, folded, connections)] : []),
    ],
    sql` union `,
  )
  return {
    from: sql`(${found}) as found`,
    orderBy: [
      desc(sql`${id} = ${text}`),
      desc(sql`starts_with(search_key, ${folded}) or starts_with(${id}, ${text})`),
      desc(sql`seen_at`),
      id,
    ],
  }
}

function idsBeginning(table: SQL, id: SQL, text: string, connections: readonly string[]): SQL {
  return firstOfEach(table, connections, sql`${id} like ${`${escapeLike(text)}%`}`, id)
}

function namesBeginning(table: SQL, folded: string, connections: readonly string[]): SQL {
  const indexed = [...folded].slice(0, indexedLength).join('')
  const begins = sql`${indexedBeginning} like ${`${escapeLike(indexed)}%`}`
  // Asked without need it would have the planner expect few rows, and then sort all of them.
  const matches = indexed === folded ? begins : sql`${begins} and starts_with(search_key, ${folded})`
  return firstOfEach(table, connections, matches, indexedBeginning)
}

/** Connection by connection, the first matches in the index's own order, which is that of `~<~`. */
function firstOfEach(table: SQL, connections: readonly string[], matches: SQL, order: SQL): SQL {
  const wanted = sql.join(
    connections.map((connection) => sql`(${connection})`),
    sql`, `,
  )
  return sql`(
    select first.* from (values ${wanted}) as wanted (connection)
    cross join lateral (
      select named.* from ${table} as named
      where named.connection = wanted.connection and ${matches}
      order by ${order} using ~<~ limit ${candidates}
    ) as first
  )`
}

function namesContaining(table: SQL, folded: string, connections: readonly string[]): SQL {
  const pattern = `%${escapeLike(folded)}%`
  const wide = wideKey(folded)
  // The first two use the index; the last keeps the wide key itself from matching.
  const conditions = [
    sql`search_key like ${pattern}`,
    ...(wide ? [sql`search_key like ${`%${wide}%`}`] : []),
    sql`split_part(search_key, E'\n', 1) like ${pattern}`,
  ]
  return sql`(
    select named.* from ${table} as named
    where ${inArray(sql`named.connection`, [...connections])} and ${sql.join(conditions, sql` and `)}
    limit ${candidates}
  )`
}
