import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { appeals, auditEvents, caseClaims, cases, decisions, moderators } from '@/lib/db/schema'
import { startCaseStage, startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { bringBack } from './bring-back'
import { holdCase } from './hold'
import { readHealth } from './read-health'
import { returnDueCases } from './return-due'

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

/** A lead, a moderator and a database whose events are of now, as the audit's always are. */
async function start(db: Db) {
  const stage = startCaseStage(db)
  const [lead, zoe, abe] = [await addActor(db, 'lead'), await addActor(db), await addActor(db)]
  for (const [{ id }, name] of [[lead, 'Mia'] as const, [zoe, 'Zoe'] as const, [abe, 'Abe'] as const])
    await db.update(moderators).set({ name }).where(eq(moderators.id, id))
  const now = Date.now()
  const context = { ...stage.context, clock: { ...stage.context.clock, now: () => now } }
  return {
    ...{ db, stage, lead, zoe, abe, now, context },
    read: (days: 7 | 30 | 90 = 7) => readHealth(context, lead, { days }),
    async decide(by: { id: string }, about: Partial<typeof decisions.$inferInsert> = {}, of = {}) {
      const own = await stage.addCase({ status: 'closed', ...of })
      const [row] = await db
        .insert(decisions)
        .values({
          ...{ id: randomUUID(), caseId: own.id, actorId: by.id, status: 'applied', verdict: 'valid' },
          ...{ actions: [], commandIds: [], plan: {}, idempotencyKey: randomUUID(), inputHash: '' },
          ...{ decidedAt: now - day, ...about },
        })
        .returning()
      if (!row) throw new Error('the decision was not written')
      return row
    },
    async appeal(
      { id: decisionId, caseId }: typeof decisions.$inferSelect,
      status: 'open' | 'upheld' | 'shortened' | 'lifted',
      answeredAt: number | null = now - hour,
    ) {
      const key = { idempotencyKey: randomUUID(), inputHash: '' }
      const about = { receivedAt: now - 2 * hour, answeredAt: status === 'open' ? null : answeredAt }
      await db
        .insert(appeals)
        .values({ id: randomUUID(), caseId, decisionId, status, text: '', ...key, ...about })
    },
  }
}

describeOnBothDatabases('the health of the work with reports', (freshDb) => {
  test('is nothing where nothing happened, and for leads alone', async () => {
    const { read, context, zoe, now } = await start(await freshDb())
    const none = { cases: 0, median: null, p90: null }
    const nobody = { hour: 0, day: 0, week: 0, older: 0 }
    expect(await read()).toEqual({
      days: 7,
      backlog: {
        ...{ open: 0, overdue: 0, oldest: null },
        counts: { jump: nobody, high: nobody, middle: nobody, low: nobody },
      },
      ...{ toClaim: none, toClosing: none, swept: 0, skipped: 0, people: [], serverNow: now },
      decided: { decisions: 0, reopened: 0, undone: 0, overridden: 0, badFaith: 0 },
      appeals: { answered: 0, changed: 0 },
      collisions: { changed: 0, claimed: 0, lost: 0 },
    })
    for (const role of ['viewer', 'support', 'moderator'] as const)
      await expect(readHealth(context, { ...zoe, role }, { days: 7 })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
  })

  test('is what waits by urgency and age, and how long the others waited', async () => {
    const { stage, read, now } = await start(await freshDb())
    const waits = { dueAt: now + hour }
    await stage.addCase({ priority: 149, openedAt: now - hour + 1, ...waits })
    await stage.addCase({ priority: 150, openedAt: now - hour, ...waits })
    await stage.addCase({ priority: 499, openedAt: now - day, status: 'waiting', dueAt: now - 1 })
    const oldest = await stage.addCase({
      priority: 500,
      openedAt: now - 8 * day,
      status: 'appealed',
      ...waits,
    })
    // Came a year ago, but waits since a moment ago.
    const again = { openedAt: now - 365 * day, reopenedAt: now - minute, status: 'reopened' as const }
    await stage.addCase({ priority: 100_640, ...again, ...waits })
    for (const status of ['closed', 'merged', 'decided'] as const)
      await stage.addCase({ priority: 40, openedAt: now - 9 * day, status, dueAt: now - day })
    // In the two spans: waited 10, 20, 30 and 100 minutes, and 40 days.
    for (const [minutes, daysAgo] of [
      [10, 1] as const,
      [20, 2] as const,
      [30, 3] as const,
      [100, 6.9] as const,
    ]) {
      const at = now - daysAgo * day
      await stage.addCase({
        ...{ status: 'closed', openedAt: at - minutes * minute },
        ...{ firstClaimedAt: at, firstClosedAt: at + minutes * minute },
      })
    }
    const before = now - 7.1 * day
    await stage.addCase({ status: 'merged', openedAt: before - 40 * day, firstClaimedAt: before })

    const { backlog, toClaim, toClosing } = await read()
    expect(backlog).toEqual({
      ...{ open: 5, overdue: 1, oldest: { id: oldest.id, number: oldest.number, since: now - 8 * day } },
      counts: {
        jump: { hour: 1, day: 0, week: 0, older: 0 },
        high: { hour: 0, day: 0, week: 0, older: 1 },
        middle: { hour: 0, day: 1, week: 1, older: 0 },
        low: { hour: 1, day: 0, week: 0, older: 0 },
      },
    })
    expect(toClaim).toEqual({ cases: 4, median: 25 * 60, p90: 79 * 60 })
    expect(toClosing).toEqual({ cases: 4, median: 50 * 60, p90: 158 * 60 })
    expect((await read(30)).toClaim).toEqual({
      cases: 5,
      median: 30 * 60,
      p90: 0.6 * 40 * 86_400 + 0.4 * 6_000,
    })
  })

  test('is what was decided, taken back, changed by appeals and refused, and whom that was about', async () => {
    const { db, stage, read, decide, appeal, lead, zoe, abe, now } = await start(await freshDb())
    await decide(zoe)
    await decide(zoe, { verdict: 'bad_faith', overrideReason: 'The third time' })
    await decide(zoe, { status: 'undone' })
    await decide(zoe, { status: 'failed', overrideReason: 'x', verdict: 'bad_faith' })
    await decide(zoe, { status: 'sending' })
    await decide(zoe, { status: 'undone', decidedAt: now - 8 * day })
    // Taken back by the answer to an appeal: no undo.
    const byOneMute = { status: 'undone' as const, commandIds: [randomUUID()] }
    await appeal(await decide(zoe, byOneMute, { accusedId: 'lin88' }), 'lifted')
    // So is one by the same mute, but not what a run did to somebody else.
    await decide(zoe, byOneMute, { accusedId: 'lin88' })
    await decide(zoe, byOneMute, { accusedId: 'kai' })
    await appeal(await decide(abe), 'upheld')
    await appeal(await decide(abe), 'shortened')
    await appeal(await decide(abe), 'open')
    await appeal(await decide(abe, { decidedAt: now - 8 * day }), 'upheld', now - 7.5 * day)

    const claim = async (by: { id: string }, from: number, endedAt: number | null, about = {}) => {
      const [id, own] = [randomUUID(), await stage.addCase(about)]
      await db.insert(caseClaims).values({ id, caseId: own.id, moderatorId: by.id, claimedAt: from, endedAt })
      return db
        .update(caseClaims)
        .set({ id: own.claimToken ?? id })
        .where(eq(caseClaims.id, id))
    }
    await claim(lead, now - day, now - day + 10 * minute)
    await claim(lead, now - 2 * day, now - 2 * day + minute)
    await claim(lead, now - 8 * day, now - 8 * day + hour)
    // Still held, one of them under a lease that is over.
    const token = () => ({ status: 'claimed' as const, claimToken: randomUUID(), claimedBy: zoe.id })
    await claim(zoe, now - 3 * minute, null, { ...token(), claimUntil: now + minute })
    await claim(zoe, now - 30 * minute, null, { ...token(), claimUntil: now - 20 * minute })

    const refuse = (action: string, code: 'CASE_CHANGED' | 'CASE_CLAIMED' | 'CLAIM_LOST' | 'INVALID_INPUT') =>
      db.transaction((tx) =>
        record(tx, { type: 'action.refused', actorId: abe.id, actorName: 'Abe', data: { action, code } }),
      )
    await refuse('reports.decide', 'CASE_CHANGED')
    await refuse('reports.hold', 'CASE_CHANGED')
    await refuse('reports.claim', 'CASE_CLAIMED')
    await refuse('reports.decide', 'CLAIM_LOST')
    await refuse('reports.renew-claim', 'CLAIM_LOST')
    await refuse('reports.decide', 'INVALID_INPUT')
    await db.transaction((tx) =>
      record(tx, { type: 'report.swept', actorId: null, actorName: 'x', data: { reports: 5, cases: 3 } }),
    )

    const passed = await stage.addCase()
    const skip = { type: 'case.skipped', actorId: abe.id, actorName: 'Abe' } as const
    await db.transaction((tx) => record(tx, { ...skip, data: { case: passed.id, number: passed.number } }))

    const health = await read()
    expect(health).toMatchObject({
      decided: { decisions: 9, reopened: 7, undone: 2, overridden: 1, badFaith: 1 },
      appeals: { answered: 3, changed: 2 },
      collisions: { changed: 2, claimed: 1, lost: 1 },
      ...{ swept: 3, skipped: 1 },
    })
    const person = (
      { id }: { id: string },
      name: string,
      heldSeconds: number,
      all: number,
      changed: number,
    ) => ({ id, name, heldSeconds, appeals: all, changed })
    expect(health.people).toEqual([
      person(abe, 'Abe', 0, 2, 1),
      person(lead, 'Mia', 660, 0, 0),
      person(zoe, 'Zoe', 780, 1, 1),
    ])
    expect((await read(30)).appeals).toEqual({ answered: 4, changed: 2 })
    const later = { ...stage.context, clock: { ...stage.context.clock, now: () => now + 8 * day } }
    expect(await readHealth(later, lead, { days: 7 })).toMatchObject({
      ...{ swept: 0, skipped: 0 },
      collisions: { changed: 0, claimed: 0, lost: 0 },
    })
  })

  test('is told by whatever takes, leaves, closes and brings back a case', async () => {
    const work = await startCasework(await freshDb())
    const { db, context, ann, ben, addCase, claim, look } = work
    const claims = () => db.select().from(caseClaims).orderBy(caseClaims.claimedAt)
    const own = await addCase()
    const held = await claim(ann, own)
    const first = (await look(own.id)).firstClaimedAt
    expect(first).not.toBeNull()
    expect(await claims()).toEqual([
      { id: held.claimToken, caseId: own.id, moderatorId: ann.id, claimedAt: first, endedAt: null },
    ])
    const { version, claimToken } = held
    await holdCase(context, ann, { caseId: own.id, version, claimToken, seconds: 600 })
    expect((await claims())[0]?.endedAt).toBeGreaterThanOrEqual(first ?? 0)

    await claim(ben, await look(own.id))
    await work.lapse(own.id)
    const lapsed = (await look(own.id)).claimUntil
    await returnDueCases(context)
    expect((await look(own.id)).firstClaimedAt).toBe(first)
    const [, second] = await claims()
    expect(second).toMatchObject({ moderatorId: ben.id, endedAt: lapsed })

    await db.update(cases).set({ status: 'decided' }).where(eq(cases.id, own.id))
    await db.update(cases).set({ status: 'closed' }).where(eq(cases.id, own.id))
    const closed = await look(own.id)
    expect(closed).toMatchObject({ firstClosedAt: expect.any(Number), reopenedAt: null })
    await db.transaction((tx) => bringBack(tx, own.id, { from: 'closed', to: 'reopened', by: ben }))
    expect(await look(own.id)).toMatchObject({
      firstClosedAt: closed.firstClosedAt,
      reopenedAt: expect.any(Number),
    })
    expect(await db.$count(auditEvents, eq(auditEvents.type, 'case.claimed'))).toBe(2)
  })
})
