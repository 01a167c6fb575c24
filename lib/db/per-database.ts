import 'server-only'
import type { Db, Tx } from './index'

/** Makes what belongs to a database once for each, and keeps it as long as the database is there. */
export function perDatabase<Kept>(make: (db: Db | Tx) => Kept): (db: Db | Tx) => Kept {
  const made = new WeakMap<Db | Tx, { kept: Kept }>()
  return (db) => {
    const known = made.get(db)
    if (known) return known.kept
    const kept = make(db)
    made.set(db, { kept })
    return kept
  }
}
