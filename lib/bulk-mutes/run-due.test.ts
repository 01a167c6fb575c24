import { afterEach, expect, test } from 'vitest'
import { verifyAudit } from '@/lib/audit/verify'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'

describeOnBothDatabases('a bulk mute', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(async () => {
    expect((await stage.control.violations()).list).toEqual([])
    await stage.world.close()
  })

  test('mutes every account until the same instant, once', async () => {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(60)
    const done = await stage.run(ids)
    expect(done).toMatchObject({
      status: 'done',
      total: 60,
      forecasts: { mute: 60 },
      states: { applied: 60, pending: 0, sending: 0, unknown: 0, rejected: 0, skipped: 0 },
    })
    const journal = await stage.control.journal()
    expect(journal.map(({ account }) => account).sort()).toEqual(ids)
    const ends = journal.flatMap(({ changes }) => [changes.oneToOne?.after, changes.allGroups?.after])
    for (const end of ends) expect(Math.abs(Number(end) - Number(done.until))).toBeLessThan(2_000)
    expect(await verifyAudit(stage.db)).toMatchObject({ ok: true })
  })
})
