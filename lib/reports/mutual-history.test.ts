import { expect, test } from 'vitest'
import { reports } from '@/lib/db/schema'
import { startCaseStage } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { mutualHistories } from './mutual-history'
import { maxPairReports } from './queue-rules'

describeOnBothDatabases('what two people reported of each other', (freshDb) => {
  test('is counted over the newest alone', async () => {
    const db = await freshDb()
    const { addCase, addReport } = startCaseStage(db)
    const own = await addCase({ accusedId: 'lin' })
    const old = await addCase({ accusedId: 'lin', status: 'closed' })
    await addReport(old, { reporterId: 'liz', verdict: 'valid', receivedAt: 1 })
    await addReport(old, { reporterId: 'liz', verdict: 'not_valid', receivedAt: 2 })
    const [made] = await db.select().from(reports).limit(1)
    if (!made) throw new Error('the report was not written')
    await db.insert(reports).values(
      Array.from({ length: maxPairReports - 1 }, (_, index) => ({
        ...{ ...made, id: crypto.randomUUID(), idempotencyKey: crypto.randomUUID() },
        ...{ verdict: null, receivedAt: 3 + index },
      })),
    )
    expect((await mutualHistories(db, own, ['liz']))('liz')).toEqual({
      byAccused: { count: 0, valid: 0, notValid: 0 },
      byReporter: { count: maxPairReports, valid: 0, notValid: 1 },
    })
  })
})
