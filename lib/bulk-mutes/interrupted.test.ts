import { afterEach, expect, test } from 'vitest'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { expectOneEndEach } from '@/lib/testing/bulk-ends'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { workWhile } from '@/lib/testing/bulk-under-way'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startBulkMute } from './start'

describeOnBothDatabases('a process at work on a run', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(() => stage.world.close())

  const started = async (count: number) => {
    stage = await startBulkStage(await freshDb())
    const { id } = await stage.create(await stage.addAccounts(count))
    await stage.work()
    const { token } = await stage.look(id)
    await startBulkMute(stage.context, stage.actor, { bulkId: id, token: String(token) })
    return id
  }

  test('that is told to stop ends what it has in hand and begins no more; the next one goes on', async () => {
    const id = await started(20)
    const stop = new AbortController()
    await workWhile(stage, () => stop.abort(), stop.signal)
    const { states, status } = await stage.look(id)
    expect(status).toBe('running')
    expect(states).toMatchObject({ sending: 0, unknown: 0, applied: 20 - states.pending })
    expect(states.pending).toBeGreaterThan(0)
    expect(await stage.control.journal()).toHaveLength(states.applied)
    await stage.work()
    expect((await stage.look(id)).states).toMatchObject({ applied: 20 })
    expect(await stage.control.journal()).toHaveLength(20)
    await expectOneEndEach(stage.db)
  })

  test('whose database is away for a moment leaves nothing of it without its end', async () => {
    const id = await started(12)
    let isAway = false
    const failed = Promise.withResolvers<void>()
    const flaky: Db = Object.create(stage.db, {
      select: {
        value: (...asked: Parameters<Db['select']>) => {
          if (!isAway) return stage.db.select(...asked)
          failed.resolve()
          throw new Error('the database went away')
        },
      },
    })
    const context: Context = { ...stage.context, db: flaky }
    await workWhile({ context, control: stage.control }, async () => {
      await expect.poll(async () => (await stage.look(id)).states.sending).toBe(12)
      isAway = true
      await failed.promise
      isAway = false
    })
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 12 } })
    expect(await stage.control.journal()).toHaveLength(12)
  })
})
