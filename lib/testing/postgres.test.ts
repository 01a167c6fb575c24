import { existsSync } from 'node:fs'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { startChild } from './child'

test('a PostgreSQL ends and leaves nothing behind when the process that started it is killed', async () => {
  const starter = startChild('hold-postgres.ts')
  const [, url = '', folder = ''] =
    /^started (\S+) (\S+)$/.exec(await starter.until((line) => line !== '')) ?? []
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(`select 1 as one`)
  expect(rows).toEqual([{ one: 1 }])
  await client.end()
  expect(existsSync(folder)).toBe(true)
  await starter.kill()
  await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false)
  await expect(new Client({ connectionString: url }).connect()).rejects.toThrow('ECONNREFUSED')
})
