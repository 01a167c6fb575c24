import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accountNotes, appeals, auditEvents, cases, decisions, moderators } from '@/lib/db/schema'
import { refusalOf, startCasework } from '@/lib/testing/case-stage'
import { decisionOf } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { answerAppeal } from './answer-appeal'
import { bringBack } from './bring-back'
import { claimNextCase } from './claim-next'
import { decideCase } from './decide'
import { escalateCase } from './escalate'
import { getCase } from './get'
import { handOverCase } from './hand-over'
import { holdCase } from './hold'
import { listCases } from './list'
import { returnDueCases } from './return-due'
import { sendBackCase } from './send-back'
import { triageCase } from './triage'
import { undoDecision } from './undo-decision'
import { isUndoInReach } from './undo-reach'

type Write = { caseId: string; version: number }

describeOnBothDatabases('a case that needs a lead', (freshDb) => {
  const decided = (own: Write, ...closeWith: Write[]) =>
    decisionOf(own.caseId, { ...own, actions: [], overrideReason: 'Enough was said', closeWith })

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
    const { ann, ben, lead, context, row, claim, lapse, look, addCase } = await begin()
    const { id, version } = await addCase({ accusedId: row.accusedId, peerId: 'wei' })
    const neighbour = { caseId: id, version }
    const now = await look(row.id)
    const write = { caseId: row.id, version: now.version }
    for (const ask of [
      () => claim(ben, now),
      () => claim(ben, now, true),
      () => holdCase(context, ben, { ...write, seconds: 60 }),
      () => triageCase(context, ann, { ...write, category: 'spam' }),
      () => handOverCase(context, ann, { ...write, to: lead.id, note: 'x' }),
      () => handOverCase(context, lead, { ...write, to: ben.id, note: 'x' }),
      () => decideCase(context, ben, decided(write)),
      () => decideCase(context, ben, decided(neighbour, write)),
    ])
      expect(await refusalOf(ask())).toEqual({ code: 'NEEDS_LEAD' })
    expect(await look(row.id)).toEqual(now)
    expect(await claimNextCase(context, ben, { except: neighbour.caseId })).toBeNull()
    expect(await claimNextCase(context, lead, { except: null })).toMatchObject({ caseId: row.id })
    // A lead's claim that lapses leaves it with the leads.
    await lapse(row.id)
    expect(await returnDueCases(context)).toBe(1)
    expect(await refusalOf(claim(ben, await look(row.id)))).toEqual({ code: 'NEEDS_LEAD' })
  })

  test('is for a lead alone to pass on once more, and not away from whoever passed it', async () => {
    const { ann, lead, context, row, claim, look } = await begin()
    const { claimToken, version } = await claim(lead, await look(row.id))
    const again = { caseId: row.id, version, claimToken, note: 'x' }
    expect(await refusalOf(escalateCase(context, lead, again))).toEqual({ code: 'NEEDS_LEAD' })
    expect(await look(row.id)).toMatchObject({ status: 'claimed', escalatedBy: ann.id })
  })

  test('that a lead has closed is for a lead alone to open again, whatever way it was closed', async () => {
    const { ann, lead, context, db, row, look, addCase } = await begin()
    const open = async () => {
      const { id: caseId, version } = await look(row.id)
      return { caseId, version }
    }
    const neighbour = await addCase({ accusedId: row.accusedId, peerId: 'wei' })
    const other = { caseId: neighbour.id, version: neighbour.version }
    for (const [own, ...along] of [[await open()], [other, await open()]]) {
      if (!own) throw new Error('there is no case')
      const current = along.length > 0 ? [await open()] : []
      const { id } = await decideCase(context, lead, decided(own, ...current))
      const closed = await look(row.id)
      expect(closed).toMatchObject({ status: 'closed', escalatedBy: ann.id })
      const undo = { decisionId: id }
      expect(await refusalOf(undoDecision(context, ann, undo))).toEqual({ code: 'NEEDS_LEAD' })
      expect(await look(row.id)).toEqual(closed)
      expect(await isUndoInReach(db, ann.id, id)).toBe(false)
      expect(await isUndoInReach(db, lead.id, id)).toBe(true)
      expect(await undoDecision(context, lead, undo)).toMatchObject({ status: 'undone' })
      expect(await look(row.id)).toMatchObject({ status: 'reopened', escalatedBy: ann.id })
    }
  })

  test('stays closed where one’s own decision stands by the same mute as a lead’s', async () => {
    const { ann, lead, context, db, row, look, addCase } = await begin()
    const neighbour = await addCase({ accusedId: row.accusedId, peerId: 'wei' })
    const { version } = await look(row.id)
    await decideCase(context, lead, decided({ caseId: row.id, version }))
    const own = await decideCase(context, ann, decided({ caseId: neighbour.id, version: neighbour.version }))
    await db.update(decisions).set({ commandIds: [crypto.randomUUID()] })
    const undo = { decisionId: own.id }
    expect(await refusalOf(undoDecision(context, ann, undo))).toEqual({ code: 'NEEDS_LEAD' })
    expect(await isUndoInReach(db, ann.id, own.id)).toBe(false)
    expect(await isUndoInReach(db, lead.id, own.id)).toBe(true)
    for (const { id } of [row, neighbour]) expect(await look(id)).toMatchObject({ status: 'closed' })
  })

  test('that is appealed and was passed on is for a lead alone to answer', async () => {
    const { ann, ben, context, db, look, addCase, claim } = await startCasework(await freshDb())
    const { id: caseId, version } = await addCase()
    const { id: decisionId } = await decideCase(context, ben, decided({ caseId, version }))
    const appealId = crypto.randomUUID()
    const words = { text: 'No', language: 'en', idempotencyKey: appealId, inputHash: '' }
    await db.insert(appeals).values({ id: appealId, caseId, decisionId, ...words })
    await db.transaction((tx) => bringBack(tx, caseId, { from: 'closed', to: 'appealed', by: ann }))
    const taken = await claim(ann, await look(caseId))
    const { claimToken } = taken
    await escalateCase(context, ann, { caseId, claimToken, version: taken.version, note: 'x' })
    const now = await look(caseId)
    const answer = { appealId, version: now.version, answer: 'upheld', text: 'Yes', notify: null } as const
    expect(await refusalOf(answerAppeal(context, ann, answer))).toEqual({ code: 'NEEDS_LEAD' })
    expect(await look(caseId)).toEqual(now)
  })

  test('comes back to the queue where whoever passed it works on cases no more', async () => {
    const { ann, lead, context, db, row, claim, look, lastEvent } = await begin()
    const { claimToken, version } = await claim(lead, await look(row.id))
    await db.update(moderators).set({ role: 'viewer' }).where(eq(moderators.id, ann.id))
    await sendBackCase(context, lead, { caseId: row.id, version, claimToken, note: 'x' })
    expect(await look(row.id)).toMatchObject({ status: 'triaged', heldFor: null, escalatedAt: null })
    expect(await lastEvent()).toMatchObject({ type: 'case.sent_back', data: { to: null } })
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
