import 'server-only'
import type { Db, Tx } from './index'
import { perDatabase } from './per-database'

/**
 * A statement that is built once for each database instead of each time, for those of every page: `make` ends in
 * `prepare(name)`, with `sql.placeholder` for what differs. A PostgreSQL server keeps it under that name too, with one
 * plan for all values if that seems no worse to it, so its rows should be found by a key.
 */
export function prepared<Statement>(make: (db: Db | Tx) => Statement): (db: Db | Tx) => Statement {
  return perDatabase(make)
}
