import 'server-only'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres'
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import type { Pool } from 'pg'

/** Any fixed number: whoever holds this advisory lock is the one instance that migrates. */
const migrationLock = 7_264_001

/** Brings the embedded database to the newest schema; what has run already is not run again. */
export async function migrateEmbedded(client: PGlite): Promise<void> {
  await migratePglite(drizzlePglite(client), { migrationsFolder: findMigrations() })
}

/**
 * Brings a PostgreSQL database to the newest schema. Instances that start together do it one after the other, under
 * an advisory lock; the later ones find nothing left to do. All pending migrations are one transaction.
 */
export async function migrateServer(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    // Waiting for another instance and building an index may both take longer than any other statement may.
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await migratePostgres(drizzlePostgres(client), { migrationsFolder: findMigrations() })
  } finally {
    // Closing the connection gives back the lock and the setting, whatever state it is in.
    client.release(true)
  }
}

/** The folder of the SQL files: in the working directory or above it, wherever the bundler has put this module. */
function findMigrations(): string {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'lib', 'db', 'migrations')
    if (existsSync(path.join(candidate, 'meta', '_journal.json'))) return candidate
    if (folder === path.dirname(folder)) {
      throw new Error(
        `lib/db/migrations was not found in ${process.cwd()} or above: start from the console's folder`,
      )
    }
  }
}
