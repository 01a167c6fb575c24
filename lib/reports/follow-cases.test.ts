import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { followCases } from './follow-cases'
import type { CaseNews } from './live-schemas'
import { seeCase } from './see'

const soon = { timeout: 10_000 }

describeOnBothDatabases('following the cases', (freshDb, kind) => {
  async function startFollowing() {
    const stage = await startCasework(await freshDb())
    return {
      ...stage,
      see: (caseId: string, isTyping = false) => seeCase(stage.context, stage.ben, { caseId, isTyping }),
      async follow(caseId?: string) {
        const news = await followCases(stage.context, stage.ann, caseId === undefined ? {} : { caseId })
        const reader = news.getReader()
        const heard: CaseNews[] = []
        const isOver = (async () => {
          for (let part = await reader.read(); !part.done; part = await reader.read()) heard.push(part.value)
        })()
        return {
          heard,
          async stop() {
            await reader.cancel()
            await isOver
          },
        }
      },
    }
  }

  test('tells of a claim to whoever looks at the queue, and to whoever looks at that very case', async () => {
    const { ben, addCase, claim, follow } = await startFollowing()
    const row = await addCase()
    const other = await addCase()
    const [queue, one, another] = await Promise.all([follow(), follow(row.id), follow(other.id)])
    await claim(ben, row)
    await expect.poll(() => one.heard, soon).toEqual(['queue', 'case'])
    await expect.poll(() => [queue.heard, another.heard], soon).toEqual([['queue'], ['queue']])
    await Promise.all([queue, one, another].map(({ stop }) => stop()))
  })

  test('tells of who comes to look and who begins to write, not of who still does', async () => {
    const { addCase, see, follow } = await startFollowing()
    const row = await addCase()
    const came = await follow(row.id)
    await see(row.id)
    await expect.poll(() => came.heard, soon).toEqual(['queue', 'case'])
    await came.stop()
    const still = await follow(row.id)
    await see(row.id)
    await see(row.id, true)
    await expect.poll(() => still.heard, soon).toEqual(['queue', 'case'])
    await still.stop()
  })

  test('tells whoever follows while others come and go, over one following of the database', async () => {
    const { db, ben, addCase, claim, follow } = await startFollowing()
    const row = await addCase()
    const [first, second] = await Promise.all([follow(), follow()])
    const followings = async () => {
      const [found] = await db
        .select({ count: sql<number>`count(*)::int` })
        .from(sql`pg_stat_activity`)
        .where(sql`application_name = 'hushdesk news' and datname = current_database()`)
      return found?.count
    }
    if (kind === 'PostgreSQL') expect(await followings()).toBe(1)
    await first.stop()
    await claim(ben, row)
    await expect.poll(() => second.heard, soon).toEqual(['queue'])
    expect(first.heard).toEqual([])
    await second.stop()
    if (kind === 'PostgreSQL') await expect.poll(followings, soon).toBe(0)
    const third = await follow()
    await addCase()
    await expect.poll(() => third.heard, soon).toEqual(['queue'])
    await third.stop()
  })

  test('is for those who may read reports', async () => {
    const { context, ann } = await startFollowing()
    const viewer: Actor = { ...ann, role: 'viewer' }
    await expect(followCases(context, viewer, {})).rejects.toThrow('FORBIDDEN')
  })
})
