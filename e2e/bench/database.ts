import { rmSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import type { Db } from '../../lib/db'
import { openEmbedded, openServer } from '../../lib/db/open'
import { startPostgres } from '../../lib/testing/postgres'
import { root } from '../demo/sources'

/** A migrated database for a part, filled past the verbs and read through them. */
export type BenchDatabase = {
  db: Db
  /** Runs one statement without a limit of time. */
  run(statement: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>
  /** What an instance needs to use it too; absent for the embedded one. */
  url?: string
  close(): Promise<void>
}

/** The embedded database in a folder of its own, as the console opens it. */
export async function openBenchEmbedded(): Promise<BenchDatabase> {
  const folder = path.join(root, '.tmp/bench-database')
  rmSync(folder, { recursive: true, force: true })
  const open = await openEmbedded(folder)
  const { driver } = open
  if (driver.kind !== 'embedded') throw new Error('not the embedded database')
  return {
    db: open.db,
    run: async (statement, parameters) =>
      (await driver.client.query<Record<string, unknown>>(statement, parameters)).rows,
    close: async () => {
      await open.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A PostgreSQL of its own, as the tests start it, through the console's own pool. */
export async function openBenchServer(): Promise<BenchDatabase> {
  const postgres = await startPostgres()
  const open = await openServer(postgres.url)
  const loader = new Client({ connectionString: postgres.url })
  await loader.connect()
  await loader.query("set maintenance_work_mem = '512MB'")
  return {
    db: open.db,
    url: postgres.url,
    run: async (statement, parameters) => (await loader.query(statement, parameters)).rows,
    close: async () => {
      await loader.end()
      await open.close()
      await postgres.stop()
    },
  }
}

/** Runs `load` while the table has no index but its key, builds the indexes of the migrations again, and vacuums. */
export async function loadTable(
  { run }: BenchDatabase,
  table: string,
  load: () => Promise<void>,
): Promise<void> {
  const indexes = await run(
    `select indexname, indexdef from pg_indexes where tablename = $1
     and indexname not in (select conname from pg_constraint)`,
    [table],
  )
  for (const { indexname } of indexes) await run(`drop index ${indexname}`)
  await load()
  for (const { indexdef } of indexes) await run(String(indexdef))
  await run(`vacuum analyze ${table}`)
}
