import { asc, eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { auditEvents, cases, reports } from '@/lib/db/schema'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { startIntakeStage } from '@/lib/testing/intake-stage'
import { addActor } from '@/lib/testing/moderators'
import { fileReportSchema } from './report-schemas'
import type { Verdict } from './rules'

describeOnBothDatabases('a report that is filed', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startIntakeStage>>
  afterEach(() => stage.world.close())
  const start = async () => {
    stage = await startIntakeStage(await freshDb())
    return stage
  }
  const allCases = () => stage.db.select().from(cases).orderBy(asc(cases.number))

  test('opens a case; others on the same accused and conversation go into it, and only they', async () => {
    const { file, db, actor } = await start()
    const first = await file({ text: 'a\u0000b \u202Eevil <script>' })
    await file({ reporterId: 'bob', category: 'threat_to_life' })
    await file({ reporterId: 'bob' })
    await file({ groupId: 'another', reporterId: 'bob' })
    await file({ accusedId: 'somebody else', reporterId: 'bob' })
    const [merged, ...others] = await allCases()
    expect(merged).toMatchObject({
      id: first.caseId,
      status: 'new',
      version: 1,
      category: 'threat_to_life',
      reportCount: 3,
      reporterCount: 2,
      priorityWhy: expect.arrayContaining([
        { kind: 'jump', value: 1 },
        { kind: 'volume', value: 3 },
      ]),
    })
    // The shorter time of the two categories counts.
    expect(Number(merged?.dueAt) - Number(merged?.openedAt)).toBeLessThan(6 * 60_000)
    const [spam] = others
    const seconds = (Number(spam?.dueAt) - Number(spam?.openedAt)) / 1_000
    expect(seconds).toBeCloseTo(defaultReportPolicies.spam.slaSeconds, -2)
    expect(others).toMatchObject([
      { reportCount: 1, reporterCount: 1 },
      { reportCount: 1, accusedId: 'somebody else' },
    ])
    const [report] = await db.select().from(reports).where(eq(reports.id, first.id))
    expect(report).toMatchObject({
      text: 'a\ufffdb \u202Eevil <script>',
      source: 'console',
      actorId: actor.id,
      evidence: 'pending',
    })
    const [event] = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.type, 'report.filed'))
      .orderBy(auditEvents.seq)
    expect(event).toMatchObject({
      actorId: actor.id,
      connection: 'sg',
      userId: 'lin88',
      data: { report: first.id, case: first.caseId, source: 'console', category: 'spam', group: 'party' },
    })
    expect(JSON.stringify(event)).not.toContain('evil')
  })

  test('by many at once is one case that counts all of them, and one key is one report', async () => {
    const { file, wish, db } = await start()
    const again = wish({ reporterId: 'r0' })
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, (_, index) => file({ reporterId: `r${index % 5}` })),
      ...Array.from({ length: 10 }, () => file(again)),
    ])
    expect(new Set(answers.map(({ caseId }) => caseId)).size).toBe(1)
    expect(answers.slice(20)).toEqual(answers.slice(20).map(() => answers[20]))
    expect(await allCases()).toMatchObject([{ reportCount: 21, reporterCount: 5 }])
    expect(await db.$count(reports)).toBe(21)
    expect(await db.$count(auditEvents, eq(auditEvents.type, 'report.filed'))).toBe(21)
    await expect(file({ ...again, text: 'another text' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    })
  })

  test('opens another case when the first one is closed', async () => {
    const { file, db } = await start()
    const { caseId } = await file()
    await db.update(cases).set({ status: 'decided' }).where(eq(cases.id, caseId))
    const next = await file()
    expect(next.caseId).not.toBe(caseId)
    expect(next.caseNumber).toBeGreaterThan((await allCases())[0]?.number ?? 0)
  })

  test('stands higher when its reporter has been right, and a worse one takes nothing away', async () => {
    const { file, db } = await start()
    const judge = async (reporterId: string, verdict: Verdict) => {
      for (const accusedId of ['x1', 'x2', 'x3']) {
        const { id } = await file({ reporterId, accusedId })
        await db.update(reports).set({ verdict }).where(eq(reports.id, id))
      }
    }
    await judge('right', 'valid')
    await judge('wrong', 'bad_faith')
    const priority = async (caseId: string) =>
      (await db.select().from(cases).where(eq(cases.id, caseId)))[0]?.priority ?? 0
    const bad = await file({ accusedId: 'y1', reporterId: 'wrong' })
    const unknown = await file({ accusedId: 'y2', reporterId: 'new' })
    const good = await file({ accusedId: 'y3', reporterId: 'right' })
    expect(await priority(bad.caseId)).toBeLessThan(await priority(unknown.caseId))
    expect(await priority(unknown.caseId)).toBeLessThan(await priority(good.caseId))
    const before = await priority(good.caseId)
    await file({ accusedId: 'y3', reporterId: 'wrong' })
    expect(await priority(good.caseId)).toBeGreaterThan(before)
  })

  test('is refused without the right, of an unknown connection, and when it makes no sense', async () => {
    const { file, wish, db } = await start()
    const viewer = await addActor(db, 'viewer')
    await expect(file({}, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(file({ connection: 'nowhere' })).rejects.toMatchObject({ code: 'UNKNOWN_CONNECTION' })
    const { groupId: _, ...nowhere } = wish()
    for (const [field, input] of [
      ['reporterId', { ...wish(), reporterId: 'lin88' }],
      ['peerId', { ...nowhere, peerId: 'lin88' }],
      ['peerId', { ...wish(), peerId: 'ann' }],
      ['groupId', { ...nowhere, topicId: 't' }],
      ['groupId', { ...nowhere, messageIds: ['1'] }],
      ['messageIds', { ...wish(), messageIds: ['1', '1'] }],
      ['messageIds', { ...wish(), messageIds: Array.from({ length: 21 }, (_, index) => `${index}`) }],
      ['text', { ...wish(), text: 'x'.repeat(4_001) }],
      ['category', { ...wish(), category: 'rude' }],
      ['language', { ...wish(), language: 'en"><script>' }],
    ] as const) {
      const { error } = fileReportSchema.safeParse(input)
      expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
    }
    expect([await db.$count(reports), await db.$count(cases), await db.$count(auditEvents)]).toEqual([
      0, 0, 0,
    ])
  })
})
