import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Db, Tx } from '@/lib/db'
import { auditEvents, cases, reports } from '@/lib/db/schema'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { untilWaiting } from '@/lib/testing/until-waiting'
import { mergeIntoCases } from './merge-into-cases'
import { takeIn } from './take-in'

const about = (accusedId: string) => ({
  ...({ connection: 'sg', accusedId, reporterId: 'rita', category: 'spam' } as const),
  ...{ groupId: 'party', topicId: '', peerId: '' },
})
const merge = (tx: Tx, ...accused: string[]) =>
  mergeIntoCases(tx, defaultReportPolicies, accused.map(about), { waits: accused.length === 1 })

describeOnBothDatabases('reports on several accused', (freshDb, kind) => {
  /** Does something that has to wait, while another transaction opens the case on `ben` and has not ended. */
  const whileOpening = <T>(db: Db, act: () => Promise<T>) =>
    db.transaction(async (tx) => {
      const [opened] = await merge(tx, 'ben')
      const begun = act()
      await untilWaiting(db, 1)
      return { opened, begun: Promise.allSettled([begun]).then(([settled]) => settled) }
    })
  const countsOf = async (db: Db) =>
    (await db.select().from(cases).orderBy(cases.accusedId)).map((one) => [one.accusedId, one.reportCount])

  test('are counted into the cases that are open, and open the others', async () => {
    const { db } = await startCasework(await freshDb())
    const [ben] = await db.transaction((tx) => merge(tx, 'ben'))
    const both = await db.transaction((tx) => merge(tx, 'cho', 'ben', 'ann', 'ben'))
    expect(both.map((into) => into?.id === ben?.id)).toEqual([false, true, false, true])
    expect(await countsOf(db)).toEqual([
      ['ann', 1],
      ['ben', 3],
      ['cho', 1],
    ])
  })

  // The embedded database makes one transaction after the other.
  test.runIf(kind === 'PostgreSQL')(
    'leave those out on whose case another transaction works, which one report alone waits for',
    async () => {
      const { db } = await startCasework(await freshDb())
      const several = await whileOpening(db, () => db.transaction((tx) => merge(tx, 'ben', 'ann')))
      expect(await several.begun).toMatchObject({ status: 'fulfilled', value: [null, {}] })
      const held = await db.transaction(async (tx) => {
        await tx.select().from(cases).where(eq(cases.accusedId, 'ben')).for('update')
        return db.transaction((other) => merge(other, 'ben', 'ann'))
      })
      expect(held).toMatchObject([null, {}])
      expect(await countsOf(db)).toEqual([
        ['ann', 2],
        ['ben', 1],
      ])
      await db.update(cases).set({ status: 'merged', mergedInto: several.opened?.id ?? null })
      const one = await whileOpening(db, () => db.transaction((tx) => merge(tx, 'ben')))
      expect(await one.begun).toMatchObject({ status: 'fulfilled', value: [{ id: one.opened?.id }] })
    },
  )

  test.runIf(kind === 'PostgreSQL')(
    'are then filed when that has ended, each once and answered',
    async () => {
      const { db } = await startCasework(await freshDb())
      const file = (accusedId: string) =>
        takeIn(db, null, {
          ...{ ...about(accusedId), source: 'api', text: '', language: '', messageIds: [] },
          ...{ clientTime: null, inputHash: '', idempotencyKey: accusedId },
        })
      // The first is a batch of its own; the next two wait for its end, and are the second.
      const { opened, begun } = await whileOpening(db, () => Promise.all(['cho', 'ann', 'ben'].map(file)))
      const filed = await begun
      expect(filed).toMatchObject({
        status: 'fulfilled',
        value: [{ accusedId: 'cho' }, { accusedId: 'ann' }, { accusedId: 'ben', caseId: opened?.id }],
      })
      expect(await countsOf(db)).toEqual([
        ['ann', 1],
        ['ben', 2],
        ['cho', 1],
      ])
      expect(await db.$count(reports)).toBe(3)
      expect(await db.$count(auditEvents)).toBe(3)
    },
  )
})
