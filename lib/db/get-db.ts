import 'server-only'
import type { PGlite } from '@electric-sql/pglite'
import { env, isBuild } from '@/lib/env'
import type { Db } from './index'
import { type OpenDatabase, openEmbedded, openServer } from './open'

// A process may evaluate this module several times (a page's bundle, a route's bundle, a reload in development); the
// embedded database must be opened once.
const holder = globalThis as { [openKey]?: Promise<OpenDatabase> }
const openKey = Symbol.for('hushdesk.db')

/**
 * The process's database, opened and migrated at the first call: PostgreSQL when `DATABASE_URL` is set, else the
 * embedded one in `DATA_DIR`. Throws `DatabaseLockedError` when another process has the embedded one, `ConfigError`,
 * or the driver's error; the next call then tries again. Refuses during `next build`.
 */
export async function getDb(): Promise<Db> {
  return (await getOpen()).db
}

/** The embedded engine itself, for the job queue. Throws when the database is a PostgreSQL server. */
export async function embeddedClient(): Promise<PGlite> {
  const { driver } = await getOpen()
  if (driver.kind !== 'embedded') throw new Error('the database is not the embedded one')
  return driver.client
}

/** Closes the process's database, if it was opened. Call it last, on SIGTERM and SIGINT and at a command's end. */
export async function closeDb(): Promise<void> {
  const opening = holder[openKey]
  delete holder[openKey]
  // A database that failed to open has cleaned up by itself.
  const open = await opening?.catch(() => undefined)
  await open?.close()
}

async function getOpen(): Promise<OpenDatabase> {
  if (isBuild) throw new Error('the database is not opened during `next build`: render the page on request')
  holder[openKey] ??= openOnce()
  return holder[openKey]
}

function openOnce(): Promise<OpenDatabase> {
  const opening = open()
  // Not kept when it fails: the server may answer, or the lock be free, at the next call.
  opening.catch(() => {
    if (holder[openKey] === opening) delete holder[openKey]
  })
  return opening
}

async function open(): Promise<OpenDatabase> {
  const { databaseUrl, dataDir } = env()
  return databaseUrl ? await openServer(databaseUrl) : await openEmbedded(dataDir)
}
