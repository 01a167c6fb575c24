import 'server-only'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { Pool } from 'pg'
import { log } from '@/lib/log'
import type { Db } from './index'
import { keepStatements } from './keep-statements'
import { acquireLock } from './lock'
import { migrateEmbedded, migrateServer } from './migrate'
import * as schema from './schema'

const poolSize = 10
const connectTimeoutMs = 5_000
const statementTimeoutMs = 10_000
/** Longer than the statement's own limit: only a server that has gone silent runs into it. */
const queryTimeoutMs = 15_000
const idleInTransactionTimeoutMs = 30_000

/** An open, migrated database together with the driver below it, for what needs the driver itself (the job queue). */
export type OpenDatabase = {
  db: Db
  driver: { kind: 'embedded'; client: PGlite } | { kind: 'server'; pool: Pool }
  /** Finishes what is running and lets go of files and connections. */
  close(): Promise<void>
}

/**
 * Opens the embedded database in `dataDir`, made if it is not there, and migrates it. One process at a time:
 * throws `DatabaseLockedError` at once when another one has it. Survives a killed process, not a power cut.
 */
export async function openEmbedded(dataDir: string): Promise<OpenDatabase> {
  await mkdir(path.dirname(dataDir), { recursive: true })
  const lock = acquireLock(`${dataDir}.lock`)
  try {
    const client = await createEmbedded({ dataDir })
    await migrateEmbedded(client)
    return {
      db: embeddedDb(client),
      driver: { kind: 'embedded', client },
      close: async () => {
        await client.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** An embedded database engine, not locked and not migrated; without `dataDir` it lives in memory. */
export async function createEmbedded(options: { dataDir?: string; loadDataDir?: Blob }): Promise<PGlite> {
  // 64-bit integers arrive as text, as they do from PostgreSQL's driver, so that raw statements read the same on both.
  const client = await PGlite.create({
    ...options,
    extensions: { pg_trgm },
    parsers: { [types.INT8]: (text) => text },
  })
  await forgetRowArrays(client)
  keepStatements(client)
  return client
}

/**
 * Two thirds of the engine's parsers are for arrays of whole rows, one for each table of the catalogue. Nobody asks for
 * such arrays, and the engine copies its table of parsers for each of Drizzle's statements.
 */
async function forgetRowArrays(client: PGlite): Promise<void> {
  const { rows } = await client.query<{ oid: number }>(
    `select typarray as oid from pg_type where typtype = 'c'`,
  )
  for (const { oid } of rows) delete client.parsers[oid]
}

/** The `Db` over an embedded engine. */
export function embeddedDb(client: PGlite): Db {
  // Drizzle's databases differ only in the type of raw results, which nothing here relies on.
  return drizzlePglite(client, { schema }) as unknown as Db
}

/** Connects to a PostgreSQL server (15 or newer) and migrates it. Throws the driver's error when it does not answer. */
export async function openServer(url: string): Promise<OpenDatabase> {
  const pool = createPool(url)
  try {
    await migrateServer(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  return { db: serverDb(pool), driver: { kind: 'server', pool }, close: () => pool.end() }
}

/** A pool whose connections all speak UTC, keep what was committed and give up on statements and silent servers. */
export function createPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: 'hushdesk',
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: queryTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    keepAlive: true,
    // Instants come as text with their offset; only `+00` is read everywhere. A claim that a crash of the server takes
    // back would have its mute sent twice, whatever the server does for others.
    options: '-c TimeZone=UTC -c synchronous_commit=on',
  })
  // An idle connection that breaks must not end the process: the pool has dropped it, and the next caller gets a new one.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ error: error.message }, 'a database connection was lost')
  })
  // While a connection is in use the pool does not listen: its user's next statement fails, and the pool drops it.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** The `Db` over a PostgreSQL pool. */
export function serverDb(pool: Pool): Db {
  return drizzlePostgres(pool, { schema }) as unknown as Db
}
