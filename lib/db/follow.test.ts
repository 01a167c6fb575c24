import { sql } from 'drizzle-orm'
import { Pool } from 'pg'
import { expect, test, vi } from 'vitest'

import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { follow } from './follow'
import { serverDb } from './open'

const soon = { timeout: 10_000 }

describeOnBothDatabases('following what triggers tell', (freshDb, kind) => {
  test('hears of a transaction once it holds, and nothing of one that was taken back', async () => {
    const db = await freshDb()
    const heard: string[] = []
    const stop = await follow(db, 'hushdesk_cases', {
      onNotice: (payload) => heard.push(payload),
      onGap: () => heard.push('gap'),
    })
    const tell = (word: string) => sql`select pg_notify('hushdesk_cases', ${word})`
    await db.transaction(async (tx) => {
      await tx.execute(tell('one'))
      await tx.execute(tell('one'))
      expect(heard).toEqual([])
    })
    await expect(
      db.transaction(async (tx) => {
        await tx.execute(tell('taken back'))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await db.execute(tell('two'))
    await expect.poll(() => heard, soon).toEqual(['one', 'two'])
    await stop()
    await db.execute(tell('after the end'))
    expect(heard).toEqual(['one', 'two'])
  })

  test.runIf(kind === 'PostgreSQL')(
    'follows again after its connection was cut, and says that it may have missed something',
    async () => {
      const db = await freshDb()
      const onGap = vi.fn()
      const heard: string[] = []
      const stop = await follow(db, 'hushdesk_cases', { onNotice: (payload) => heard.push(payload), onGap })
      await db.execute(
        sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'hushdesk news' and datname = current_database()`,
      )
      await expect.poll(() => onGap.mock.calls.length, soon).toBe(1)
      await db.execute(sql`select pg_notify('hushdesk_cases', 'again')`)
      await expect.poll(() => heard, soon).toEqual(['again'])
      await stop()
      const connections = async () => {
        const [found] = await db
          .select({ count: sql<number>`count(*)::int` })
          .from(sql`pg_stat_activity`)
          .where(sql`application_name = 'hushdesk news' and datname = current_database()`)
        return found?.count
      }
      await expect.poll(connections, soon).toBe(0)
    },
  )
})

test('a server that cannot be reached is told to whoever wants to follow', async () => {
  const pool = new Pool({ host: '127.0.0.1', port: 1 })
  const followed = follow(serverDb(pool), 'hushdesk_cases', { onNotice() {}, onGap() {} })
  await expect(followed).rejects.toThrow(/ECONNREFUSED/)
  await pool.end()
})
