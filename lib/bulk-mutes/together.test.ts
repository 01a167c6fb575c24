import { lt, sql } from 'drizzle-orm'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import type { Db } from '@/lib/db'
import { openServer } from '@/lib/db/open'
import { auditEvents, bulkMuteItems } from '@/lib/db/schema'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { createServerDatabase, describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { claimItems } from './claim'
import { startBulkMute } from './start'

describeOnBothDatabases('bulk mutes at the same time', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(async () => {
    expect((await stage.control.violations()).list).toEqual([])
    await stage.world.close()
  })

  const audited = async (type: string) => {
    const events = await stage.db.select().from(auditEvents)
    return events.filter((event) => event.type === type)
  }

  test('two instances at once miss nothing, double nothing and stay within the limit', async () => {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(100)
    const { id } = await stage.create(ids)
    await stage.work()
    const { token } = await stage.look(id)
    await startBulkMute(stage.context, stage.actor, { bulkId: id, token: String(token) })
    await Promise.all([stage.work(), stage.work()])
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 100 } })
    expect((await stage.control.journal()).map(({ account }) => account).sort()).toEqual(ids)
    expect(await audited('bulk_mute.finished')).toHaveLength(1)
  })

  test('of two runs none has more than twice the calls of the other while both have some left', async () => {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(200)
    const shares = [ids.slice(0, 100), ids.slice(100)]
    const runs = []
    for (const share of shares) runs.push(await stage.create(share))
    await stage.work()
    for (const { id } of runs)
      await startBulkMute(stage.context, stage.actor, {
        bulkId: id,
        token: String((await stage.look(id)).token),
      })
    await stage.work()
    const first = new Set(shares[0])
    const sides = (await stage.control.journal()).map(({ account }) => first.has(String(account)))
    expect(sides).toHaveLength(200)
    // One of them may begin later, on a busy machine.
    const both = sides.slice(sides.indexOf(!sides[0]), sides.lastIndexOf(!sides.at(-1)) + 1)
    expect(both.length).toBeGreaterThanOrEqual(50)
    const firsts = both.filter(Boolean).length
    const [less = 0, more = 0] = [firsts, both.length - firsts].sort((a, b) => a - b)
    expect(2 * less).toBeGreaterThanOrEqual(more)
  })

  test('fifty submits with one key are one run; the key is for one input', async () => {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(3)
    const idempotencyKey = crypto.randomUUID()
    const at = Date.now() + 3_600_000
    const wish = { kind: 'mute' as const, idempotencyKey, end: { kind: 'at' as const, at } }
    const runs = await Promise.all(Array.from({ length: 50 }, () => stage.create(ids, wish)))
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
    await expect(stage.create(ids.slice(1), wish)).rejects.toThrow('IDEMPOTENCY_MISMATCH')
    expect(await audited('bulk_mute.created')).toHaveLength(1)
  })
})

test('a process claims what no other one is just claiming, and does not wait for that', async () => {
  const { url, drop } = await createServerDatabase()
  const { db, close } = await openServer(url)
  const stage = await startBulkStage(db)
  onTestFinished(async () => {
    await stage.world.close()
    await close()
    await drop()
  })
  const { id } = await stage.create(await stage.addAccounts(5))
  await stage.work()
  const { token } = await stage.look(id)
  await startBulkMute(stage.context, stage.actor, { bulkId: id, token: String(token) })
  const claimed = await db.transaction(async (first) => {
    // As the other process's claim begins.
    await first.select().from(bulkMuteItems).where(lt(bulkMuteItems.position, 3)).for('update')
    return db.transaction(async (second) => {
      await second.execute(sql`set local lock_timeout = '5s'`)
      const claim = await claimItems({ ...stage.context, db: second as unknown as Db }, id, 3)
      return claim.kind === 'sendings' ? claim.sendings.map(({ place }) => place.userId) : []
    })
  })
  expect(claimed).toEqual(['acc-0003', 'acc-0004'])
})
