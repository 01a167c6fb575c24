import { eq, inArray, sql } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { auditEvents, cases, evidenceMessages, reports } from '@/lib/db/schema'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { setReportPolicies } from '@/lib/settings/set-report-policies'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startIntakeStage } from '@/lib/testing/intake-stage'
import { addActor } from '@/lib/testing/moderators'
import { untilWaiting } from '@/lib/testing/until-waiting'
import { takeIn } from './take-in'
import type { NewReport } from './write-reports'

const report = (idempotencyKey: string, more: Partial<NewReport> = {}): NewReport => ({
  ...{ connection: 'sg', source: 'api', accusedId: 'lin88', reporterId: 'ann', category: 'spam' },
  ...{ groupId: 'party', topicId: '', peerId: '', text: '', language: '', messageIds: ['m 1', '{"2",}'] },
  ...{ clientTime: null, inputHash: '', idempotencyKey, ...more },
})

describeOnBothDatabases('reports that come together', (freshDb, kind) => {
  let stage: Awaited<ReturnType<typeof startIntakeStage>>
  afterEach(() => stage.world.close())
  const start = async () => {
    stage = await startIntakeStage(await freshDb())
    return stage
  }

  test('are written together, and each one has its own answer, its own case and its own error', async () => {
    const { db, actor } = await start()
    const earlier = await takeIn(db, actor, report('earlier'))
    const flood = Array.from({ length: 40 }, (_, index) =>
      report(`f${index}`, { accusedId: `a${index % 4}`, reporterId: `r${index % 7}`, text: `no ${index}` }),
    )
    const all = await Promise.allSettled([
      ...flood.map((one) => takeIn(db, actor, one)),
      takeIn(db, actor, report('f7', { accusedId: 'a3', inputHash: 'of another body' })),
      takeIn(db, actor, report('earlier')),
      takeIn(db, actor, report('of no category', { category: 'custom:unheard' })),
    ])
    const answers = all.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.code))
    expect(answers.slice(40)).toEqual(['IDEMPOTENCY_MISMATCH', earlier, 'INVALID_INPUT'])
    const written = await db.select().from(reports)
    const textOf = new Map(written.map(({ id, text }) => [id, text]))
    expect(answers.slice(0, 40).map(({ id }) => textOf.get(id))).toEqual(flood.map(({ text }) => text))
    expect(written[0]?.messageIds).toEqual(['m 1', '{"2",}'])
    const counted = await db
      .select({ accusedId: cases.accusedId, count: cases.reportCount, reporters: cases.reporterCount })
      .from(cases)
      .orderBy(cases.accusedId)
    const ofFlood = ['a0', 'a1', 'a2', 'a3'].map((accusedId) => ({ accusedId, count: 10, reporters: 7 }))
    expect(counted).toEqual([...ofFlood, { accusedId: 'lin88', count: 1, reporters: 1 }])
    const filed = await db.select({ at: auditEvents.at }).from(auditEvents)
    expect(filed).toHaveLength(41)
    // The earlier one, the first of the flood and all others; the one whose key came twice waited for its answer.
    expect(new Set(filed.map(({ at }) => at)).size).toBeLessThanOrEqual(4)
  })

  test('open a case as the first of them would, and one that is more severe only makes it due sooner', async () => {
    const { db, actor } = await start()
    const { spam, threat_to_life } = defaultReportPolicies
    const policies = { ...defaultReportPolicies, threat_to_life: { ...threat_to_life, slaSeconds: 99_999 } }
    await setReportPolicies({ db }, await addActor(db, 'lead'), { policies, version: 0 })
    const keys = ['elsewhere', 'first', 'second']
    const [, filed] = await Promise.all(
      keys.map((key) =>
        takeIn(db, actor, {
          ...report(key, { accusedId: key === 'elsewhere' ? key : 'lin88' }),
          category: key === 'second' ? 'threat_to_life' : 'spam',
        }),
      ),
    )
    const [opened] = await db
      .select()
      .from(cases)
      .where(eq(cases.id, String(filed?.caseId)))
    expect(opened).toMatchObject({ category: 'threat_to_life', reportCount: 2 })
    const seconds = (Number(opened?.dueAt) - Number(opened?.openedAt)) / 1_000
    expect(seconds).toBeCloseTo(spam.slaSeconds, -2)
  })

  test.runIf(kind === 'PostgreSQL').each([
    ['one is answered with the first', ['twice']],
    // What comes first is a batch of its own.
    ['of several each is filed by itself', ['elsewhere', 'twice', 'third']],
  ] as const)('while another instance is filing one with the same key: %s', async (_, keys) => {
    const { db, actor } = await start()
    const { caseId } = await takeIn(db, actor, report('earlier'))
    const id = crypto.randomUUID()
    let meanwhile: Promise<{ id: string }[]> = Promise.resolve([])
    await db.transaction(async (tx) => {
      const { groupId: _group, topicId: _topic, peerId: _peer, ...row } = report('twice')
      await tx.insert(reports).values({ ...row, id, caseId: String(caseId) })
      meanwhile = Promise.all(keys.map((key) => takeIn(db, actor, report(key, { accusedId: key }))))
      const isWaiting = sql`wait_event_type = 'Lock' and datname = current_database()`
      await expect.poll(() => db.$count(sql`pg_stat_activity`, isWaiting)).toBe(1)
    })
    const answers = await meanwhile
    expect(answers.filter((one) => one.id === id)).toMatchObject([{ caseId, accusedId: 'lin88' }])
    expect(new Set(answers.map((one) => one.id)).size).toBe(keys.length)
    // Nothing is left of what was rolled back.
    const others = ['lin88', ...keys.filter((key) => key !== 'twice')].sort()
    const counted = await db.select().from(cases).orderBy(cases.accusedId)
    expect(counted).toMatchObject(others.map((accusedId) => ({ accusedId, reportCount: 1 })))
    expect(await db.$count(auditEvents, eq(auditEvents.type, 'report.filed'))).toBe(keys.length)
  })

  // The embedded database makes one transaction after the other.
  describe.runIf(kind === 'PostgreSQL')('while others hold the cases on some', () => {
    const held = ['ann', 'ben', 'cho', 'dai', 'eve']
    const file = (accusedId: string, key = `again ${accusedId}`) =>
      takeIn(stage.db, stage.actor, report(key, { accusedId }))
    const holdAll = (act: () => Promise<unknown>) =>
      stage.db.transaction(async (tx) => {
        await tx.select().from(cases).where(inArray(cases.accusedId, held)).for('update')
        await act()
      })

    test('are filed on others meanwhile, and on those once and for all when they are free', async () => {
      const { db } = await start()
      await Promise.all([...held, 'zoe'].map((accusedId) => file(accusedId, accusedId)))
      const waiting: Promise<unknown>[] = []
      await holdAll(async () => {
        // Alone, among others, and twice with the same key.
        waiting.push(file('ann'))
        const others = [file('zoe'), file('new to us')]
        waiting.push(...[...held, 'ann'].map((accusedId) => file(accusedId)), file('ben', 'once more'))
        expect(await Promise.all(others)).toMatchObject([{ accusedId: 'zoe' }, { accusedId: 'new to us' }])
        expect(await file('zoe', 'later')).toMatchObject({ accusedId: 'zoe' })
        await untilWaiting(db, 3)
      })
      const answers = await Promise.all(waiting)
      expect(new Set([answers[0], answers[1], answers[6]].map((one) => JSON.stringify(one))).size).toBe(1)
      const counted = await db.select().from(cases).orderBy(cases.accusedId)
      const first = Number(counted[0]?.number)
      expect(counted.map((one) => [one.accusedId, one.reportCount, one.number - first])).toEqual([
        ['ann', 2, 0],
        ['ben', 3, 1],
        ['cho', 2, 2],
        ['dai', 2, 3],
        ['eve', 2, 4],
        // No number was used up by those that were held.
        ['new to us', 1, 6],
        ['zoe', 3, 5],
      ])
      expect(await db.$count(reports)).toBe(15)
      expect(await db.$count(auditEvents)).toBe(15)
    })

    test('do not wait for the evidence of their case to be kept', async () => {
      const { db } = await start()
      const { caseId } = await file('ann', 'ann')
      await db.transaction(async (tx) => {
        const message = { messageId: 'm', seq: '1', sentAt: 1, message: {}, hash: '', isReported: false }
        await tx.insert(evidenceMessages).values({ ...message, caseId: String(caseId) })
        expect(await file('ann')).toMatchObject({ caseId })
      })
    })

    test('are refused together where the database gives up, and none of them waits alone', async () => {
      const { db } = await start()
      await file('ann', 'ann')
      await holdAll(async () => {
        const waiting = ['1', '2', '3'].map((key) => file('ann', key))
        let isOver = false
        const refused = Promise.allSettled(waiting).finally(() => {
          isOver = true
        })
        const isWaiting = sql`wait_event_type = 'Lock' and datname = current_database()`
        const gaveUp = new Set<string>()
        while (!isOver) {
          const cancelled = await db
            .select({ statement: sql<string>`pid || ' ' || query_start`, by: sql`pg_cancel_backend(pid)` })
            .from(sql`pg_stat_activity`)
            .where(isWaiting)
          for (const { statement } of cancelled) gaveUp.add(statement)
        }
        expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
        // The one that came first, and those that came while it waited.
        expect(gaveUp.size).toBe(2)
      })
      expect(await db.$count(reports)).toBe(1)
    })
  })
})
