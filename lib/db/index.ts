import 'server-only'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as schema from './schema'

/** The one database, PGlite or PostgreSQL: the same SQL on both. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>
/** An open transaction. Never await the network while one is open: the embedded database has a single connection. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export { closeDb, embeddedClient, getDb } from './get-db'
