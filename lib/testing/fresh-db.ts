import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import { describe, inject } from 'vitest'
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
  describe(`${name} (PGlite)`, () => suite(freshEmbedded, 'PGlite'))
  describe(`${name} (PostgreSQL)`, () => suite(freshServer, 'PostgreSQL'))
}

let engine: ReturnType<typeof copyEmbedded> | undefined
let server: ReturnType<typeof openServerDatabase> | undefined

/**
 * One engine a process, emptied for each test: starting another one takes longer than most tests. It ends with the
 * process.
 */
async function freshEmbedded(): Promise<Db> {
  engine ??= copyEmbedded()
  const client = await engine
  await client.exec(emptyAll)
  return embeddedDb(client)
}

/** A migrated, empty engine in memory, for tests that change the engine itself; whoever asks for it closes it. */
export async function copyEmbedded(): Promise<PGlite> {
  return await createEmbedded({ loadDataDir: new Blob([await readFile(inject('embeddedTemplate'))]) })
}

/**
 * Puts the files of a migrated, empty embedded database into `dataDir`, for tests of one that is there already: the
 * engine takes seconds to make them.
 */
export async function layEmbedded(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await promisify(execFile)('tar', ['-xf', inject('embeddedTemplate'), '-C', dataDir])
}

/** One database and one pool a process, emptied for each test. They go with this run's PostgreSQL. */
async function freshServer(): Promise<Db> {
  server ??= openServerDatabase()
  const pool = await server
  await pool.query(emptyAll)
  return serverDb(pool)
}

async function openServerDatabase() {
  const { url } = await createServerDatabase()
  return createPool(url)
}

// What migrations put into a table of rules stays.
// The setting puts the triggers out of action that keep the audit from being emptied, and those of foreign keys.
// To truncate a table takes ten times as long as to delete a few rows, but leaves none of their dead weight behind.
const emptyAll = `
  begin;
  set local session_replication_role = replica;
  do $$ declare name text; begin
    for name in select format('%I.%I', schemaname, tablename) from pg_tables
      where schemaname = 'public' and tablename <> 'case_transitions' loop
      if pg_relation_size(name::regclass) < 100000 then
        execute 'delete from ' || name;
      else
        execute 'truncate ' || name || ' cascade';
      end if;
    end loop;
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
