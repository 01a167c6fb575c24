import { readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { afterAll, describe, inject } from 'vitest'
import type { Db } from '@/lib/db'
import { createEmbedded, createPool, embeddedDb, serverDb } from '@/lib/db/open'

/** A migrated, empty database for one test. A second call empties what the first one gave. */
export type FreshDb = () => Promise<Db>

/** Which of the two a suite is running on, for the few differences that matter. */
export type DatabaseKind = 'PGlite' | 'PostgreSQL'

/** Runs a suite twice: on the embedded database and on a real PostgreSQL server, each test on an empty one. */
export function describeOnBothDatabases(
  name: string,
  suite: (freshDb: FreshDb, kind: DatabaseKind) => void,
): void {
  describe(`${name} (PGlite)`, () => suite(embeddedFreshDb(), 'PGlite'))
  describe(`${name} (PostgreSQL)`, () => suite(serverFreshDb(), 'PostgreSQL'))
}

/** One engine a suite, emptied for each test: starting another one takes longer than most tests. */
function embeddedFreshDb(): FreshDb {
  let engine: ReturnType<typeof startEmbedded> | undefined
  afterAll(async () => {
    await (await engine)?.close()
  })
  return async () => {
    engine ??= startEmbedded()
    const client = await engine
    await client.exec(emptyAll)
    return embeddedDb(client)
  }
}

async function startEmbedded() {
  return await createEmbedded({ loadDataDir: new Blob([await readFile(inject('embeddedTemplate'))]) })
}

/** One database and one pool a suite, emptied for each test: copying the template takes longer than most tests. */
function serverFreshDb(): FreshDb {
  let opening: ReturnType<typeof openServerDatabase> | undefined
  afterAll(async () => {
    const open = await opening
    await open?.pool.end()
    await open?.drop()
  })
  return async () => {
    opening ??= openServerDatabase()
    const { pool } = await opening
    await pool.query(emptyAll)
    return serverDb(pool)
  }
}

async function openServerDatabase() {
  const { url, drop } = await createServerDatabase()
  return { pool: createPool(url), drop }
}

// The setting puts the triggers out of action that keep the audit from being emptied.
const emptyAll = `
  begin;
  set local session_replication_role = replica;
  do $$ begin
    execute (
      select 'truncate ' || string_agg(format('%I.%I', schemaname, tablename), ', ') || ' restart identity'
      from pg_tables where schemaname = 'public'
    );
  end $$;
  insert into audit_head (id, seq, at, hash) values (1, 0, 'epoch', repeat('0', 64));
  commit;
`

let databases = 0

/** A migrated, empty database on this run's PostgreSQL, for tests that make their own connections to it. */
export async function createServerDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  databases += 1
  const name = `test_${process.pid}_${databases}`
  await onServer(`create database ${name} template template_console`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) }
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
