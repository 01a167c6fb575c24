import { afterEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startIntakeStage } from '@/lib/testing/intake-stage'
import { submitReportOperation } from './api-schemas'
import { getCase } from './get'
import { listCases } from './list'

describeOnBothDatabases('10 000 reports on one account', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startIntakeStage>>
  afterEach(() => stage.world.close())

  test('are one case in the queue, of which the newest are shown', { timeout: 60_000 }, async () => {
    stage = await startIntakeStage(await freshDb())
    const { context, actor, file } = stage
    const other = await file({ accusedId: 'zoe' })
    for (let round = 0; round < 50; round += 1)
      await Promise.all(
        Array.from({ length: 200 }, (_, index) => file({ reporterId: `r${round * 200 + index}` })),
      )
    const { cases } = await listCases(context, actor, { tab: 'new' })
    expect(cases.map(({ reportCount, reporterCount }) => [reportCount, reporterCount])).toEqual([
      [10_000, 10_000],
      [1, 1],
    ])
    expect(cases[1]?.id).toBe(other.caseId)
    const { reports } = await getCase(context, actor, { caseId: String(cases[0]?.id) })
    expect(reports).toHaveLength(50)
    // One key may file as many within a minute.
    expect(submitReportOperation.limit).toBeGreaterThan(10_000)
  })
})
