import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import { expect, inject, test } from 'vitest'
import * as z from 'zod'
import { copyEmbedded } from '@/lib/testing/fresh-db'
import { migrateEmbedded, migrateServer } from './migrate'
import { createPool, embeddedDb, openServer } from './open'
import * as schema from './schema'

const folder = path.join(import.meta.dirname, 'migrations')
const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) })
const journal = journalSchema.parse(JSON.parse(readFileSync(path.join(folder, 'meta/_journal.json'), 'utf8')))

test('the migrations that are checked in make the schema', async () => {
  const snapshots = readdirSync(path.join(folder, 'meta'))
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort()
  const newest = JSON.parse(readFileSync(path.join(folder, 'meta', snapshots.at(-1) ?? ''), 'utf8'))
  const changes = await generateMigration(newest, generateDrizzleJson(schema, newest.id))
  expect(changes, 'run: npx drizzle-kit generate --config lib/db/drizzle.config.ts').toEqual([])
})

test('the journal names every SQL file once, in the order of time', () => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(files)
  const times = journal.entries.map(({ when }) => when)
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
})

test('a second migration of the embedded database changes nothing', async () => {
  // Migrated once when this run began.
  const client = await copyEmbedded()
  try {
    await migrateEmbedded(client)
    const done = await embeddedDb(client).execute(sql`select * from drizzle.__drizzle_migrations`)
    expect(done).toHaveProperty('rows.length', journal.entries.length)
  } finally {
    await client.close()
  }
})

test('instances that start together on an empty PostgreSQL migrate it once, and all of them open', async () => {
  const name = `migrate_${process.pid}`
  const admin = new Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  await admin.query(`create database ${name}`)
  try {
    const url = new URL(inject('postgresUrl'))
    url.pathname = `/${name}`
    const instances = await Promise.all(Array.from({ length: 5 }, () => openServer(url.href)))
    for (const { db } of instances) expect(await db.$count(schema.auditHead)).toBe(1)
    for (const { close } of instances) await close()

    const pool = createPool(url.href)
    await migrateServer(pool)
    const { rowCount } = await pool.query('select * from drizzle.__drizzle_migrations')
    expect(rowCount).toBe(journal.entries.length)
    const { rowCount: held } =
      await pool.query(`select from pg_locks join pg_database on pg_database.oid = database
        where locktype = 'advisory' and datname = current_database()`)
    expect(held).toBe(0)
    await pool.end()
  } finally {
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
})

test('a server that is not there is an error soon, not a wait', async () => {
  await expect(openServer('postgres://nobody:x@127.0.0.1:1/none')).rejects.toThrow('ECONNREFUSED')
})
