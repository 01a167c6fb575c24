import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Tx } from '@/lib/db'
import { auditEvents, caseMentions, cases } from '@/lib/db/schema'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { bringBack } from './bring-back'
import { mergeIntoCases } from './merge-into-cases'

describeOnBothDatabases('a case that comes back', (freshDb, kind) => {
  const start = async () => {
    const stage = await startCasework(await freshDb())
    const row = await stage.addCase({ status: 'closed', dueAt: 0, closedAt: 1, reportCount: 1 })
    const { connection, accusedId } = row
    return {
      ...stage,
      row,
      twinOf: { connection, accusedId },
      back: (tx: Tx) => bringBack(tx, row.id, { from: 'closed', to: 'reopened', by: stage.ann }),
      report: (tx: Tx) =>
        mergeIntoCases(
          tx,
          defaultReportPolicies,
          [
            {
              ...{ connection, accusedId, category: 'spam', reporterId: 'rita' },
              ...{ groupId: '', topicId: '', peerId: '' },
            },
          ],
          { waits: true },
        ),
    }
  }

  test('is to be looked at within its category’s time from then on', async () => {
    const { db, back } = await start()
    const found = await db.transaction(back)
    const left = Number(found?.dueAt) - Date.now()
    expect(left / 1_000).toBeCloseTo(defaultReportPolicies.harassment.slaSeconds, -3)
  })

  test('takes over another one, which is on record, and is due when that one was if that is sooner', async () => {
    const { db, ann, back, row, twinOf, addCase, lastEvent } = await start()
    const dueAt = Date.now() + 1_000
    const twin = await addCase({ ...twinOf, dueAt, reportCount: 2 })
    expect(await db.transaction(back)).toMatchObject({ status: 'reopened', dueAt, reportCount: 3 })
    expect(await lastEvent()).toMatchObject({
      ...{ type: 'case.merged', actorId: ann.id, userId: row.accusedId },
      data: { case: twin.id, number: twin.number, into: row.id, intoNumber: row.number },
    })
    expect(await db.$count(auditEvents)).toBe(1)
  })

  test('takes over who is named in the other one, and its way to the leads unless it comes back by an appeal', async () => {
    const { db, ann, ben, row, twinOf, addCase } = await start()
    const mark = { escalatedAt: 1, escalatedBy: ben.id }
    const merge = async (to: 'reopened' | 'appealed') => {
      const twin = await addCase({ ...twinOf, ...mark, status: 'triaged' })
      await db.insert(caseMentions).values([ann, ben].map(({ id }) => ({ moderatorId: id, caseId: twin.id })))
      return db.transaction((tx) => bringBack(tx, row.id, { from: 'closed', to, by: ann }))
    }
    await db.insert(caseMentions).values({ moderatorId: ann.id, caseId: row.id })
    expect(await merge('appealed')).toMatchObject({
      status: 'appealed',
      escalatedAt: null,
      escalatedBy: null,
    })
    expect((await db.select().from(caseMentions)).map(({ caseId }) => caseId)).toEqual([row.id, row.id])
    for (const status of ['decided', 'closed'] as const)
      await db.update(cases).set({ status }).where(eq(cases.id, row.id))
    expect(await merge('reopened')).toMatchObject({ status: 'reopened', ...mark })
  })

  const why = (value: number) => [{ kind: 'severity' as const, value }]
  const higher = { category: 'threat_to_life', priority: 900, priorityWhy: why(2) } as const
  const lower = { category: 'spam', priority: 9, priorityWhy: why(3) } as const
  const own = { category: 'harassment', priority: 50, priorityWhy: why(1) } as const

  test.each([
    { twin: higher, kept: higher },
    { twin: lower, kept: own },
  ])(
    'keeps the more severe category, and the higher priority with its reasons: $kept.category',
    async ({ twin, kept }) => {
      const { db, back, row, twinOf, addCase } = await start()
      await db.update(cases).set(own).where(eq(cases.id, row.id))
      await addCase({ ...twinOf, ...twin })
      expect(await db.transaction(back)).toMatchObject(kept)
    },
  )

  // The embedded database makes one transaction after the other.
  test.runIf(kind === 'PostgreSQL')('takes over one that a report opens at the same moment', async () => {
    const { db, back, report, look, row } = await start()
    const { coming, twin } = await db.transaction(async (tx) => {
      const [opened] = await report(tx)
      const begun = db.transaction(back)
      const waiting = sql`wait_event_type = 'Lock' and datname = current_database()`
      await expect.poll(() => db.$count(sql`pg_stat_activity`, waiting), { timeout: 10_000 }).toBe(1)
      return { coming: begun, twin: opened }
    })
    expect(await coming).toMatchObject({ status: 'reopened', reportCount: 2 })
    expect(await look(String(twin?.id))).toMatchObject({ status: 'merged', mergedInto: row.id })
    expect(await db.$count(cases, eq(cases.status, 'reopened'))).toBe(1)
  })
})
