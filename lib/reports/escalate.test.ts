import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accountNotes, auditEvents, cases, moderators } from '@/lib/db/schema'
import { refusalOf, startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { bringBack } from './bring-back'
import { claimNextCase } from './claim-next'
import { escalateCase } from './escalate'
import { getCase } from './get'
import { handOverCase } from './hand-over'
import { holdCase } from './hold'
import { listCases } from './list'
import { returnDueCases } from './return-due'
import { sendBackCase } from './send-back'
import { triageCase } from './triage'

describeOnBothDatabases('a case that needs a lead', (freshDb) => {
  /** Ann has passed hers to the leads, of whom there is one. */
  async function begin(about: Partial<typeof cases.$inferInsert> = {}) {
    const work = await startCasework(await freshDb())
    const lead = await addActor(work.db, 'lead')
    const row = await work.addCase(about)
    const { claimToken, version } = await work.claim(work.ann, row)
    const wish = { caseId: row.id, version, claimToken, note: 'It is about a member of staff' }
    await escalateCase(work.context, work.ann, wish)
    return { ...work, lead, row, wish }
  }

  test('goes from the hands that hold it to the leads, with its note, and is in nobody’s list “Mine”', async () => {
    const { ann, ben, context, db, row, wish, look, lastEvent, addCase, claim } = await begin()
    expect(await look(row.id)).toMatchObject({
      ...{ status: 'triaged', claimToken: null, claimedBy: null, escalatedBy: ann.id },
      escalatedAt: expect.any(Number),
    })
    expect(await lastEvent()).toMatchObject({
      type: 'case.escalated',
      actorId: ann.id,
      data: { case: row.id },
    })
    expect(JSON.stringify(await db.select().from(auditEvents))).not.toContain('staff')
    expect(await db.select().from(accountNotes)).toMatchObject([{ caseId: row.id, text: wish.note }])
    expect((await listCases(context, ann, { tab: 'mine' })).cases).toEqual([])
    expect((await listCases(context, ann, { tab: 'new' })).cases).toMatchObject([{ needsLead: true }])
    expect((await getCase(context, ann, { caseId: row.id })).case.needsLead).toBe(true)

    const other = await addCase()
    const unheld = { caseId: other.id, version: other.version, claimToken: crypto.randomUUID(), note: 'x' }
    expect(await refusalOf(escalateCase(context, ann, unheld))).toMatchObject({ code: 'CLAIM_LOST' })
    const { claimToken, version } = await claim(ben, other)
    const stale = { ...unheld, claimToken, version: version - 1 }
    expect(await refusalOf(escalateCase(context, ben, stale))).toMatchObject({ code: 'CASE_CHANGED' })
    expect(await db.$count(accountNotes)).toBe(1)
  })

  test('is for a lead alone to claim, to be handed and to change, whatever way it is asked for', async () => {
    const { ann, ben, lead, context, row, claim, lapse, look } = await begin()
    const now = await look(row.id)
    const write = { caseId: row.id, version: now.version }
    for (const ask of [
      () => claim(ben, now),
      () => claim(ben, now, true),
      () => holdCase(context, ben, { ...write, seconds: 60 }),
      () => triageCase(context, ann, { ...write, category: 'spam' }),
      () => handOverCase(context, ann, { ...write, to: lead.id, note: 'x' }),
      () => handOverCase(context, lead, { ...write, to: ben.id, note: 'x' }),
    ])
      expect(await refusalOf(ask())).toEqual({ code: 'NEEDS_LEAD' })
    expect(await look(row.id)).toEqual(now)
    expect(await claimNextCase(context, ben, { except: null })).toBeNull()
    expect(await claimNextCase(context, lead, { except: null })).toMatchObject({ caseId: row.id })
    // A lead's claim that lapses leaves it with the leads.
    await lapse(row.id)
    expect(await returnDueCases(context)).toBe(1)
    expect(await refusalOf(claim(ben, await look(row.id)))).toEqual({ code: 'NEEDS_LEAD' })
  })

  test('comes back to whoever passed it, and then is like any other', async () => {
    const { ann, ben, lead, context, db, row, claim, look, lapse, lastEvent } = await begin()
    const { claimToken, version } = await claim(lead, await look(row.id))
    const wish = { caseId: row.id, version, claimToken, note: 'By the policy' }
    await expect(sendBackCase(context, ben, wish)).rejects.toThrow('FORBIDDEN')
    await sendBackCase(context, lead, wish)
    const back = await look(row.id)
    expect(back).toMatchObject({
      ...{ status: 'waiting', heldFor: ann.id, claimToken: null, escalatedAt: null, escalatedBy: null },
    })
    expect(await lastEvent()).toMatchObject({ type: 'case.sent_back', data: { to: 'Ann' } })
    expect((await listCases(context, ann, { tab: 'mine' })).cases).toMatchObject([{ needsLead: false }])
    expect(await refusalOf(sendBackCase(context, lead, { ...wish, version: back.version }))).toMatchObject({
      code: 'CASE_CHANGED',
    })
    await lapse(row.id)
    await returnDueCases(context)
    await claim(ben, await look(row.id))
    expect(await db.$count(accountNotes)).toBe(2)
  })

  test('goes to nobody who is no lead any more by the database, whatever their session says', async () => {
    const { lead, db, row, claim, look } = await begin()
    await db.update(moderators).set({ role: 'moderator' }).where(eq(moderators.id, lead.id))
    expect(await refusalOf(claim(lead, await look(row.id)))).toEqual({ code: 'NEEDS_LEAD' })
  })

  test('that a lead has closed is anybody’s when it is appealed', async () => {
    const { lead, db, row, claim, look } = await begin()
    await claim(lead, await look(row.id))
    for (const status of ['decided', 'closed'] as const)
      await db.update(cases).set({ status, claimToken: null, claimedBy: null, claimUntil: null })
    const back = await db.transaction((tx) =>
      bringBack(tx, row.id, { from: 'closed', to: 'appealed', by: lead }),
    )
    expect(back).toMatchObject({ status: 'appealed', escalatedAt: null, escalatedBy: null })
  })

  test('gets and loses its mark only as the database allows', async () => {
    const { ann, db, row, addCase } = await begin()
    const other = await addCase({ status: 'triaged' })
    const mark = { escalatedAt: 0, escalatedBy: ann.id }
    const none = { escalatedAt: null, escalatedBy: null }
    for (const make of [
      () => db.update(cases).set(mark).where(eq(cases.id, other.id)),
      () => db.update(cases).set(none).where(eq(cases.id, row.id)),
      () => db.update(cases).set({ escalatedBy: null, status: 'waiting' }).where(eq(cases.id, row.id)),
    ])
      await expect(make()).rejects.toMatchObject({ cause: { code: '23514' } })
  })
})
