import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrateEmbedded, migrateServer } from '@/lib/db/migrate'
import { createEmbedded, createPool } from '@/lib/db/open'
import { startPostgres } from './postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** the PostgreSQL of this run, with a migrated database `template_console` to copy */
    postgresUrl: string
    /** a file with a migrated, empty embedded database, as `dumpDataDir` writes it */
    embeddedTemplate: string
  }
}

/** Makes both databases once for the whole run; every test gets a copy. See fresh-db.ts. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  // In its folder, which is removed even if this process is killed.
  const embeddedTemplate = path.join(postgres.folder, 'embedded.tar')
  // One after the other: the embedded engine holds the whole process up while it starts.
  await createServerTemplate(postgres.url)
  await writeEmbeddedTemplate(embeddedTemplate)
  project.provide('postgresUrl', postgres.url)
  project.provide('embeddedTemplate', embeddedTemplate)
  return () => postgres.stop()
}

async function writeEmbeddedTemplate(file: string): Promise<void> {
  const client = await createEmbedded({})
  await migrateEmbedded(client)
  const dump = await client.dumpDataDir('none')
  await client.close()
  await writeFile(file, new Uint8Array(await dump.arrayBuffer()))
}

async function createServerTemplate(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('create database template_console')
  await client.end()
  const template = new URL(url)
  template.pathname = '/template_console'
  const pool = createPool(template.href)
  await migrateServer(pool)
  await pool.end()
}
