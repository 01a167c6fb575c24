import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { reports } from '@/lib/db/schema'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { claimEvidence } from './evidence-claim'

describeOnBothDatabases('the reports whose evidence is taken next', (freshDb) => {
  test('are those that have waited longest, however many newer ones the same case has', async () => {
    const { db, addCase, addReport } = await startCasework(await freshDb())
    const row = await addCase()
    await addReport(row)
    const [first] = await db.select().from(reports)
    if (!first) throw new Error('the report was not written')
    const flood = Array.from({ length: 600 }, () => ({
      ...first,
      id: crypto.randomUUID(),
      idempotencyKey: crypto.randomUUID(),
    }))
    await db.insert(reports).values(flood)
    const old = flood.filter((_, index) => index % 6 === 5).map(({ id }) => id)
    for (const id of old)
      await db
        .update(reports)
        .set({ evidenceLeaseUntil: sql`clock_timestamp() - interval '1 minute'` })
        .where(eq(reports.id, id))
    // Without knowing the table the planner happens to take an index that is in this order.
    await db.execute(sql`analyze ${reports}`)
    const [claim] = await claimEvidence(db, 'sg', 10)
    const taken = new Set(claim?.reports.map(({ id }) => id))
    expect(taken.size).toBe(500)
    expect(old.filter((id) => !taken.has(id))).toEqual([])
    const [others] = await claimEvidence(db, 'sg', 10)
    expect(others?.reports).toHaveLength(101)
  })
})
