import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { appeals, auditEvents, cases, decisions } from '@/lib/db/schema'
import { refusalOf, startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { nobody } from './change-case'
import { claimNextCase } from './claim-next'
import { handOverCase } from './hand-over'
import { listInquiries } from './list-inquiries'
import { releaseClaim } from './release'
import { renewClaim } from './renew-claim'
import { returnDueCases } from './return-due'
import { claimSeconds } from './rules'
import { triageCase } from './triage'

describeOnBothDatabases('a claim', (freshDb) => {
  test('is one moderator’s, however many ask at once; the others learn whose and until when', async () => {
    const { ann, ben, db, addCase, claim, look, lastEvent } = await startCasework(await freshDb())
    const row = await addCase()
    const asked = await Promise.allSettled([
      claim(ann, row),
      claim(ben, row),
      claim(ann, row),
      claim(ben, row),
    ])
    const won = asked.filter(({ status }) => status === 'fulfilled')
    expect(won).toHaveLength(1)
    const held = await look(row.id)
    const left = Number(held.claimUntil) - Date.now()
    expect(left).toBeGreaterThan((claimSeconds - 60) * 1_000)
    expect(left).toBeLessThan((claimSeconds + 60) * 1_000)
    const [first, second] = held.claimedBy === ann.id ? [ann, ben] : [ben, ann]
    for (const version of [row.version, held.version])
      expect(await refusalOf(claim(second, { ...row, version }))).toEqual({
        ...{ code: 'CASE_CLAIMED', by: first.name, until: held.claimUntil, isYours: false },
      })
    expect(await lastEvent()).toMatchObject({
      ...{ type: 'case.claimed', actorId: first.id, connection: 'sg', userId: row.accusedId },
      data: { case: row.id, number: row.number, isTakenOver: false },
    })
    expect(await db.select().from(auditEvents)).toHaveLength(1)
  })

  test('belongs to a tab: one’s own other tab has to take it over, and the first one has lost it', async () => {
    const { ann, ben, context, addCase, claim, look } = await startCasework(await freshDb())
    const row = await addCase()
    const first = await claim(ann, row)
    const now = await look(row.id)
    expect(await refusalOf(claim(ann, now))).toMatchObject({ code: 'CASE_CLAIMED', isYours: true })
    expect(await refusalOf(claim(ben, now, true))).toMatchObject({ code: 'CASE_CLAIMED', isYours: false })
    const second = await claim(ann, now, true)
    expect(second.claimToken).not.toBe(first.claimToken)
    const { claimToken } = first
    expect(await refusalOf(renewClaim(context, ann, { caseId: row.id, claimToken }))).toMatchObject({
      ...{ code: 'CLAIM_LOST', by: 'Ann', what: 'case.claimed' },
    })
    await renewClaim(context, ann, { caseId: row.id, claimToken: second.claimToken })
    const { cases: inHand } = await listInquiries(context, ann)
    expect(inHand.map(({ id }) => id)).toEqual([row.id])
    expect(JSON.stringify(inHand)).not.toContain(second.claimToken)
  })

  test('is prolonged by renewing, and lapses without it: then anybody may claim, at once or from the queue', async () => {
    const { ann, ben, context, db, addCase, claim, lapse, look, lastEvent } = await startCasework(
      await freshDb(),
    )
    const row = await addCase()
    const { claimToken } = await claim(ann, row)
    await db.update(cases).set({ claimUntil: sql`claim_until - interval '9 minutes'` })
    const { until } = await renewClaim(context, ann, { caseId: row.id, claimToken })
    expect(until - Date.now()).toBeGreaterThan((claimSeconds - 60) * 1_000)
    expect(await returnDueCases(context)).toBe(0)

    await lapse(row.id)
    expect(await refusalOf(renewClaim(context, ann, { caseId: row.id, claimToken }))).toMatchObject({
      code: 'CLAIM_LOST',
    })
    expect((await listInquiries(context, ann)).cases).toEqual([])
    await claim(ben, await look(row.id))
    await lapse(row.id)
    expect(await Promise.all([returnDueCases(context), returnDueCases(context)])).toContain(1)
    expect(await look(row.id)).toMatchObject({ status: 'triaged', claimToken: null, claimedBy: null })
    expect(await lastEvent()).toMatchObject({
      type: 'case.returned',
      actorName: 'system',
      data: { why: 'lapsed' },
    })
  })

  test('ends by releasing, with the claim that holds and at the version that was seen', async () => {
    const { ann, ben, context, addCase, claim, look } = await startCasework(await freshDb())
    const row = await addCase()
    const { claimToken, version } = await claim(ann, row)
    const wish = { caseId: row.id, version, claimToken }
    const foreign = crypto.randomUUID()
    expect(await refusalOf(releaseClaim(context, ben, { ...wish, claimToken: foreign }))).toMatchObject({
      code: 'CLAIM_LOST',
    })
    await triageCase(context, ann, { ...wish, category: 'scam' })
    expect(await refusalOf(releaseClaim(context, ann, wish))).toMatchObject({
      ...{ code: 'CASE_CHANGED', by: 'Ann', what: 'case.triaged', at: expect.any(Number) },
    })
    await releaseClaim(context, ann, { ...wish, version: version + 1 })
    expect(await look(row.id)).toMatchObject({ status: 'triaged', category: 'scam', claimToken: null })
    expect(await refusalOf(releaseClaim(context, ann, { ...wish, version: version + 2 }))).toMatchObject({
      code: 'CLAIM_LOST',
    })
  })

  test('leaves a case as what it was: to be looked at again after a decision, an appeal while one is open', async () => {
    const { ann, ben, context, db, addCase, claim, look } = await startCasework(await freshDb())
    const row = await addCase({ status: 'reopened' })
    const decisionId = crypto.randomUUID()
    await db.insert(decisions).values({
      ...{ id: decisionId, caseId: row.id, actorId: ann.id, verdict: 'valid', actions: [], commandIds: [] },
      ...{ idempotencyKey: crypto.randomUUID(), inputHash: '', plan: {} },
    })
    const turn = async () => {
      const { claimToken, version } = await claim(ben, await look(row.id))
      await releaseClaim(context, ben, { caseId: row.id, claimToken, version })
      return (await look(row.id)).status
    }
    expect(await turn()).toBe('reopened')
    await db.insert(appeals).values({
      ...{
        id: crypto.randomUUID(),
        caseId: row.id,
        decisionId,
        text: 'No',
        idempotencyKey: 'a',
        inputHash: '',
      },
    })
    expect(await turn()).toBe('appealed')
    // Nobody answers an appeal against their own decision, not even when a colleague asks them to.
    const appealed = await look(row.id)
    const toAnn = { caseId: row.id, version: appealed.version, to: ann.id, note: 'Yours' }
    expect(await refusalOf(claim(ann, appealed))).toEqual({ code: 'OWN_DECISION' })
    expect(await refusalOf(handOverCase(context, ben, toAnn))).toEqual({ code: 'OWN_DECISION' })
    await db.update(cases).set({ status: 'waiting', heldFor: ann.id }).where(eq(cases.id, row.id))
    expect(await claimNextCase(context, ann, { except: null })).toBeNull()
  })
})

describeOnBothDatabases('the next case', (freshDb, kind) => {
  // The embedded database has one connection: there nobody can be at the same moment.
  test.runIf(kind === 'PostgreSQL')('is not waited for while somebody is about to take it', async () => {
    const { ann, context, db, addCase } = await startCasework(await freshDb())
    const [best, other] = [await addCase({ priority: 9 }), await addCase({ priority: 1 })]
    await db.transaction(async (tx) => {
      await tx.select().from(cases).where(eq(cases.id, best.id)).for('update')
      const claim = await claimNextCase(context, ann, { except: null })
      expect(claim?.caseId).toBe(other.id)
    })
  })

  test('is the most urgent that is nobody’s, another one for each who asks', async () => {
    const { ann, ben, context, addCase } = await startCasework(await freshDb())
    const base = Date.now()
    const [late, , urgent, early] = [
      await addCase({ priority: 5, dueAt: base + 9_000 }),
      await addCase({ priority: 99, status: 'appealed' }),
      await addCase({ priority: 9, dueAt: base + 99_000 }),
      await addCase({ priority: 5, dueAt: base, status: 'triaged' }),
    ]
    const first = await claimNextCase(context, ann, { except: early.id })
    expect(first?.caseId).toBe(urgent.id)
    const both = await Promise.all([
      claimNextCase(context, ann, { except: null }),
      claimNextCase(context, ben, { except: null }),
    ])
    expect(new Set(both.map((claim) => claim?.caseId))).toEqual(new Set([early.id, late.id]))
    expect(await claimNextCase(context, ben, { except: null })).toBeNull()
  })

  test('leaves on record whose place it takes, where that could have been worked on and another one was found', async () => {
    const { ann, ben, context, db, addCase, claim, look } = await startCasework(await freshDb())
    const next = (except: string | null) => claimNextCase(context, ann, { except })
    const held = await addCase({ priority: 9 })
    const skipped = () =>
      db
        .select({ actorId: auditEvents.actorId, data: auditEvents.data })
        .from(auditEvents)
        .where(eq(auditEvents.type, 'case.skipped'))
        .orderBy(auditEvents.seq)
    await claim(ann, held)
    expect(await next(held.id)).toBeNull()
    expect(await skipped()).toEqual([])
    const seen = await addCase({ priority: 8 })
    for (let more = 0; more < 6; more += 1) await addCase()
    const inHand = { actorId: ann.id, data: { case: held.id, number: held.number } }
    const looked = { actorId: ann.id, data: { case: seen.id, number: seen.number } }
    expect(await next(held.id)).toMatchObject({ caseId: seen.id })
    await db
      .update(cases)
      .set({ status: 'triaged', ...nobody })
      .where(eq(cases.id, seen.id))
    await next(seen.id)
    expect(await skipped()).toEqual([inHand, looked])
    // Neither what a colleague has, nor what is with the leads, nor what is decided is left by whoever goes on.
    await claim(ben, await look(seen.id))
    await next(seen.id)
    const passed = await addCase({ status: 'triaged', escalatedAt: 1, escalatedBy: ben.id })
    await next(passed.id)
    await next((await addCase({ status: 'closed' })).id)
    await next(null)
    expect(await skipped()).toEqual([inHand, looked])
  })
})
