import { count, countDistinct } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { verifyAudit } from '@/lib/audit/verify'
import { openServer } from '@/lib/db/open'
import { auditEvents, cases, reports } from '@/lib/db/schema'
import { type Child, startChild } from '@/lib/testing/child'
import { createServerDatabase } from '@/lib/testing/fresh-db'
import type { ReportWriterArgs } from '@/lib/testing/report-writer'

test('two kills in the middle of filing lose no report that was acknowledged, and double none', async () => {
  const database = await createServerDatabase()
  let writer: Child | undefined
  onTestFinished(async () => {
    await writer?.kill()
    await database.drop()
  })
  let next = 0
  for (let kills = 0; kills < 2; kills += 1) {
    const task: ReportWriterArgs = [database.url, String(next)]
    writer = startChild('report-writer.ts', ...task)
    const enough = next + 20
    await writer.until((line) => Number(line) >= enough)
    await writer.kill()
    // Whether this one is on record nobody was told: it is sent again.
    next = Number(writer.said.at(-1)) + 1
  }
  const { db, close } = await openServer(database.url)
  const [filed] = await db.select({ all: count(), keys: countDistinct(reports.idempotencyKey) }).from(reports)
  expect(filed?.keys).toBe(filed?.all)
  // One more than was acknowledged: the kill came between the record and the word about it.
  expect([next, next + 1]).toContain(filed?.all)
  const perCase = await db
    .select({ id: reports.caseId, all: count(), reporters: countDistinct(reports.reporterId) })
    .from(reports)
    .groupBy(reports.caseId)
  const counted = await db.select().from(cases)
  expect(counted).toHaveLength(3)
  for (const { id, all, reporters } of perCase)
    expect(counted.find((one) => one.id === id)).toMatchObject({ reportCount: all, reporterCount: reporters })
  expect(await db.$count(auditEvents)).toBe(filed?.all)
  expect(await verifyAudit(db)).toMatchObject({ ok: true })
  await close()
})
