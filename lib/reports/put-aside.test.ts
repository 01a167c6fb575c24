import { describe, expect, test } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import type { Db } from '@/lib/db'
import { accountNotes, auditEvents } from '@/lib/db/schema'
import { refusalOf, startCaseStage, startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { claimCase } from './claim'
import { claimNextCase } from './claim-next'
import { countTabs } from './count-tabs'
import { getCase } from './get'
import { handOverCase } from './hand-over'
import { holdCase } from './hold'
import { listCases } from './list'
import { listInquiries } from './list-inquiries'
import { listNotes, notesOn } from './list-notes'
import { releaseClaim } from './release'
import { renewClaim } from './renew-claim'
import { returnDueCases } from './return-due'
import { seeCase } from './see'
import { triageCase } from './triage'
import { writeNote } from './write-note'

describeOnBothDatabases('a case that is put aside', (freshDb) => {
  test('comes back when its time has come, and anybody may take it before', async () => {
    const { ann, ben, context, addCase, claim, lapse, look, lastEvent } = await startCasework(await freshDb())
    const row = await addCase()
    const { claimToken, version } = await claim(ann, row)
    const wish = { caseId: row.id, version, seconds: 7_200 }
    expect(await refusalOf(holdCase(context, ben, wish))).toMatchObject({ code: 'CASE_CLAIMED', by: 'Ann' })
    const { until } = await holdCase(context, ann, { ...wish, claimToken })
    expect(Math.abs(until - Date.now() - 7_200_000)).toBeLessThan(60_000)
    expect(await look(row.id)).toMatchObject({ status: 'waiting', heldUntil: until, claimToken: null })
    expect(await returnDueCases(context)).toBe(0)
    await lapse(row.id)
    expect(await returnDueCases(context)).toBe(1)
    expect(await lastEvent()).toMatchObject({ type: 'case.returned', data: { why: 'held' } })
    const again = await look(row.id)
    expect(again).toMatchObject({ status: 'triaged', heldUntil: null })
    await holdCase(context, ann, { caseId: row.id, version: again.version, seconds: 60 })
    await claim(ben, await look(row.id))
  })

  test('handed to a colleague it is theirs with the note, unless somebody takes it over', async () => {
    const { ann, ben, context, db, addCase, claim, look, lastEvent } = await startCasework(await freshDb())
    const cho = await addActor(db, 'lead')
    const row = await addCase()
    const { claimToken, version } = await claim(ann, row)
    const wish = { caseId: row.id, version, claimToken, to: ben.id, note: 'You know the two of them' }
    const viewer = await addActor(db, 'viewer')
    for (const to of [ann.id, viewer.id, crypto.randomUUID()])
      await expect(handOverCase(context, ann, { ...wish, to })).rejects.toThrow('INVALID_INPUT')
    await handOverCase(context, ann, wish)
    expect(await look(row.id)).toMatchObject({ status: 'waiting', heldFor: ben.id, claimToken: null })
    expect(await lastEvent()).toMatchObject({ type: 'case.handed_over', data: { to: 'Ben' } })
    expect(JSON.stringify(await db.select().from(auditEvents))).not.toContain('You know')
    expect(await db.select().from(accountNotes)).toMatchObject([
      { caseId: row.id, authorId: ann.id, userId: row.accusedId, text: wish.note },
    ])
    expect(await refusalOf(claim(cho, await look(row.id)))).toMatchObject({
      ...{ code: 'CASE_CHANGED', by: 'Ann', what: 'case.handed_over' },
    })
    expect(await claimNextCase(context, cho, { except: null })).toBeNull()
    expect(await claimNextCase(context, ben, { except: null })).toMatchObject({ caseId: row.id })
    await expect(claim(cho, await look(row.id), true)).rejects.toThrow('CASE_CLAIMED')
  })
})

describeOnBothDatabases('a note', (freshDb) => {
  test('needs no claim, and its text stays out of the audit', async () => {
    const { ann, ben, context, db, addCase, claim, lastEvent } = await startCasework(await freshDb())
    const row = await addCase()
    await claim(ann, row)
    await writeNote(context, ben, { about: { caseId: row.id }, text: 'Knows the rules', isSticky: true })
    expect(await lastEvent()).toMatchObject({
      ...{ type: 'note.written', userId: row.accusedId, data: { case: row.id, isSticky: true } },
    })
    expect(JSON.stringify(await lastEvent())).not.toContain('Knows')
    expect(await db.select().from(accountNotes)).toMatchObject([{ caseId: row.id, isSticky: true }])
    const nowhere = { about: { connection: 'nowhere', userId: 'a' }, text: 'x', isSticky: false }
    await expect(writeNote(context, ben, nowhere)).rejects.toThrow('UNKNOWN_CONNECTION')
  })

  test('names colleagues, who find the case among theirs until they open it', async () => {
    const { ann, ben, context, addCase, lastEvent } = await startCasework(await freshDb())
    const row = await addCase()
    await addCase()
    const write = (text: string) =>
      writeNote(context, ann, { about: { caseId: row.id }, text, isSticky: false })
    const mine = async (who: Actor) => (await listCases(context, who, { tab: 'mine' })).cases
    await write('@Benny and @Ann have nothing to do with it')
    expect([await mine(ann), await mine(ben)]).toEqual([[], []])
    await write('@Ben have you seen them before?')
    await write('@Ben?')
    expect((await lastEvent())?.data).toMatchObject({ named: ['Ben'] })
    expect(await mine(ben)).toMatchObject([{ id: row.id, isNamed: true, claim: null }])
    expect((await countTabs(context, ben)).mine).toBe(1)
    expect(await mine(ann)).toEqual([])
    await seeCase(context, ben, { caseId: row.id, isTyping: false })
    expect(await mine(ben)).toEqual([])
  })

  test('stands on the account with where it was written, the sticky ones first', async () => {
    const { ann, ben, context, db, addCase } = await startCasework(await freshDb())
    const row = await addCase()
    const account = { connection: row.connection, userId: row.accusedId }
    await writeNote(context, ann, { about: { caseId: row.id }, text: 'In the case', isSticky: true })
    const own = { ...account, authorId: ben.id, text: 'On the account' }
    await db.insert(accountNotes).values([
      { id: crypto.randomUUID(), ...own },
      { id: crypto.randomUUID(), ...own, userId: 'other', isSticky: true },
    ])
    const notes = await notesOn(db, account)
    expect(notes).toMatchObject([
      { by: 'Ann', text: 'In the case', isSticky: true, caseId: row.id, caseNumber: row.number },
      { by: 'Ben', text: 'On the account', isSticky: false, caseId: null, caseNumber: null },
    ])
    expect((await getCase(context, ann, { caseId: row.id })).notes).toEqual(notes)
    await expect(listNotes(context, ann, { ...account, connection: 'nowhere' })).rejects.toThrow(
      'UNKNOWN_CONNECTION',
    )
  })
})

describe('the permission to work on cases', () => {
  test('is asked for before anything is read', async () => {
    const viewer: Actor = { id: '', email: '', name: '', role: 'viewer', sessionId: '' }
    const db = new Proxy({} as Db, {
      get() {
        throw new Error('the database was asked')
      },
    })
    const { context: never } = startCaseStage(db)
    const wish = { caseId: '', version: 1, claimToken: '' }
    for (const ask of [
      () => claimCase(never, viewer, wish),
      () => claimNextCase(never, viewer, { except: null }),
      () => renewClaim(never, viewer, wish),
      () => releaseClaim(never, viewer, wish),
      () => holdCase(never, viewer, { ...wish, seconds: 60 }),
      () => handOverCase(never, viewer, { ...wish, to: '', note: '' }),
      () => triageCase(never, viewer, { ...wish, category: 'spam' }),
      () => writeNote(never, viewer, { about: { caseId: '' }, text: '', isSticky: false }),
      () => listInquiries(never, viewer),
      () => listNotes(never, viewer, { connection: '', userId: '' }),
    ])
      await expect(ask()).rejects.toThrow('FORBIDDEN')
  })
})
