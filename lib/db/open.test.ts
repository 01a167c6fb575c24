import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { Pool } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Child, startChild } from '@/lib/testing/child'
import { copyEmbedded, createServerDatabase, layEmbedded } from '@/lib/testing/fresh-db'
import { DatabaseLockedError } from './lock'
import { createPool, openEmbedded, serverDb } from './open'
import { accounts, auditHead } from './schema'

let home: string
let dataDir: string
const children: Child[] = []

beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'hushdesk-open-'))
  dataDir = path.join(home, 'deeper', 'data')
})

afterEach(async () => {
  for (const child of children.splice(0)) await child.kill()
  rmSync(home, { recursive: true })
})

test('the embedded database keeps what was committed when its process is killed', async () => {
  const writer = startChild('hold-database.ts', 'write', dataDir)
  children.push(writer)
  writer.tell('go')
  await writer.until((line) => line === '200')
  await writer.kill()
  const acknowledged = Number(writer.said.at(-1))
  expect(acknowledged).toBeGreaterThanOrEqual(200)

  const { db, close } = await openEmbedded(dataDir)
  const kept = await db.$count(accounts)
  // The last one may have been committed without having been acknowledged.
  expect(kept - acknowledged).toBeGreaterThanOrEqual(0)
  expect(kept - acknowledged).toBeLessThanOrEqual(1)
  await close()
})

test('a second process is refused within two seconds, and the first goes on', async () => {
  await layEmbedded(dataDir)
  const { db, close } = await openEmbedded(dataDir)
  const second = startChild('hold-database.ts', 'write', dataDir)
  children.push(second)
  await second.until((line) => line === 'ready')
  second.tell('go')
  const [, ms, message] = /^refused (\d+) (.*)$/.exec(await second.until((line) => line !== 'ready')) ?? []
  expect(message).toContain(`is in use by process ${process.pid}`)
  expect(Number(ms)).toBeLessThan(2_000)
  expect(await db.$count(accounts)).toBe(0)
  await close()
})

test('a closed embedded database can be opened again in the same process, with its rows', async () => {
  await layEmbedded(dataDir)
  const first = await openEmbedded(dataDir)
  await expect(openEmbedded(dataDir)).rejects.toThrow(DatabaseLockedError)
  await first.db.insert(accounts).values({ connection: 'sg', userId: 'u1' })
  await first.close()
  const second = await openEmbedded(dataDir)
  expect(await second.db.$count(accounts)).toBe(1)
  await second.close()
})

test('the server is asked in UTC, with limits on time', async () => {
  const { url, drop } = await createServerDatabase()
  const pool = createPool(url)
  try {
    const { rows } = await pool.query(`
      select current_setting('TimeZone') as zone, current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`)
    expect(rows).toEqual([{ zone: 'UTC', statement: '10s', idle: '30s' }])
  } finally {
    await pool.end()
    await drop()
  }
})

test('what the server acknowledges survives its crash, whatever its own setting is', async () => {
  const { url, drop } = await createServerDatabase()
  const [pool, plain] = [createPool(url), new Pool({ connectionString: url })]
  try {
    const { rows: own } = await plain.query('show synchronous_commit')
    const { rows: asked } = await pool.query('show synchronous_commit')
    expect([own, asked]).toEqual([[{ synchronous_commit: 'off' }], [{ synchronous_commit: 'on' }]])
  } finally {
    await Promise.all([pool.end(), plain.end()])
    await drop()
  }
})

test('a broken connection to the server is replaced for the next caller', async () => {
  const { url, drop } = await createServerDatabase()
  const pool = createPool(url)
  const killer = createPool(url)
  try {
    await serverDb(pool).execute(sql`select 1`)
    await killer.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await expect.poll(() => pool.totalCount).toBe(0)
    await expect(serverDb(pool).execute(sql`select 1`)).resolves.toBeDefined()
  } finally {
    await pool.end()
    await killer.end()
    await drop()
  }
})

test('a connection that breaks while it is in use fails its caller, and does not end the process', async () => {
  const { url, drop } = await createServerDatabase()
  const pool = createPool(url)
  const other = createPool(url)
  try {
    const broken = serverDb(pool).transaction(async (tx) => {
      const [backend] = await tx.select({ pid: sql<number>`pg_backend_pid()` }).from(auditHead)
      await serverDb(other).execute(sql`select pg_terminate_backend(${backend?.pid})`)
      // The connection is idle in its transaction when the server closes it.
      await expect
        .poll(() =>
          tx.execute(sql`select 1`).then(
            () => 'alive',
            () => 'gone',
          ),
        )
        .toBe('gone')
    })
    await expect(broken).rejects.toThrow()
    expect(await serverDb(pool).$count(accounts)).toBe(0)
  } finally {
    await pool.end()
    await other.end()
    await drop()
  }
})

test('the embedded engine reads arrays of values, and has no parsers for arrays of rows', async () => {
  const client = await copyEmbedded()
  const id = crypto.randomUUID()
  const { rows } = await client.query(
    `select array['a', 'b'] texts, array[1, 2] numbers, array['${id}'::uuid] ids`,
  )
  expect(rows).toEqual([{ texts: ['a', 'b'], numbers: [1, 2], ids: [id] }])
  const ofRows = await client.query<{ oid: number }>(
    `select typarray as oid from pg_type where typtype = 'c'`,
  )
  expect(ofRows.rows.filter(({ oid }) => oid in client.parsers)).toEqual([])
  await client.close()
})
