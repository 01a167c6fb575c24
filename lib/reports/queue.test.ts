import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { accounts, caseViewers, muteStates } from '@/lib/db/schema'
import { startCaseStage } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type ListCasesInput, listCasesSchema } from './case-schemas'
import { claimCase } from './claim'
import { countTabs } from './count-tabs'
import { foreseeLooks } from './foresee-looks'
import { getCase } from './get'
import { handOverCase } from './hand-over'
import { holdCase } from './hold'
import { listCases } from './list'
import { queuePageSize, queueTabs } from './queue-rules'
import { seeCase } from './see'
import { writeNote } from './write-note'

const base = Date.UTC(2026, 10, 21, 9)

describeOnBothDatabases('the queue', (freshDb) => {
  test('has each case in its tab, in the order of the work, and counts them', async () => {
    const db = await freshDb()
    const { context, addCase } = startCaseStage(db)
    const [ann, ben] = [await addActor(db), await addActor(db)]
    const list = (tab: ListCasesInput['tab'], actor = ann, filters: Partial<ListCasesInput> = {}) =>
      listCases(context, actor, { tab, ...filters })
    const ids = async (...asked: Parameters<typeof list>) => (await list(...asked)).cases.map(({ id }) => id)

    const calm = await addCase({ priority: 1, dueAt: base })
    const late = await addCase({ priority: 7, dueAt: base + 2, status: 'reopened' })
    const soon = await addCase({ priority: 7, dueAt: base + 1, status: 'triaged' })
    const appeal = await addCase({ status: 'appealed' })
    const done = await addCase({ status: 'closed', closedAt: base })
    const lately = await addCase({ status: 'closed', closedAt: base + 1 })
    await addCase({ status: 'merged' })
    const [inHand, held, handed] = [await addCase(), await addCase(), await addCase()]
    await claimCase(context, ann, { caseId: inHand.id, version: 1 })
    await holdCase(context, ben, { caseId: held.id, version: 1, seconds: 600 })
    await handOverCase(context, ben, { caseId: handed.id, version: 1, to: ann.id, note: 'See for yourself' })

    expect(await ids('new')).toEqual([soon.id, late.id, calm.id])
    expect(new Set(await ids('mine'))).toEqual(new Set([inHand.id, handed.id]))
    expect(await ids('mine', ben)).toEqual([])
    expect(await ids('held')).toEqual([held.id, handed.id])
    expect(await ids('appeals')).toEqual([appeal.id])
    expect(await ids('done')).toEqual([lately.id, done.id])
    expect(await countTabs(context, ann)).toEqual({
      ...{ new: 3, mine: 2, held: 2, expiring: 0, appeals: 1 },
      nextReturnAt: (await list('held')).cases[0]?.held?.until,
    })
    const [first] = (await list('mine', ann, { accused: inHand.accusedId })).cases
    expect(first?.claim).toMatchObject({ by: ann.name, isYours: true, isLive: true })
    const [second] = (await list('held', ann, { accused: handed.accusedId })).cases
    expect(second?.held).toMatchObject({ for: ann.name, isForYou: true })
  })

  test('goes on where a page ended, whatever came in between', async () => {
    const db = await freshDb()
    const { context, addCase } = startCaseStage(db)
    const ann = await addActor(db)
    const count = queuePageSize + 3
    for (let n = 0; n < count; n += 1)
      await addCase({ priority: n % 2, dueAt: base + (n % 3), status: 'closed', closedAt: base + (n % 4) })
    for (let n = 0; n < count; n += 1) await addCase({ priority: n % 2, dueAt: base + (n % 3) })
    for (const tab of ['new', 'done'] as const) {
      const whole = await listCases(context, ann, { tab })
      await addCase({ priority: 9, ...(tab === 'done' && { status: 'closed', closedAt: base + 9 }) })
      const { after } = listCasesSchema.parse({ tab, after: whole.next })
      const rest = await listCases(context, ann, { tab, after })
      const seen = [...whole.cases, ...rest.cases].map(({ id }) => id)
      expect(seen).toHaveLength(count)
      expect(new Set(seen).size).toBe(count)
      expect(rest.next).toBeNull()
    }
  })

  test('is narrowed to exact ids, a connection and a category', async () => {
    const db = await freshDb()
    const { context, addCase, addReport } = startCaseStage(db)
    const ann = await addActor(db)
    const one = await addCase({ category: 'scam' })
    const other = await addCase({ connection: 'beta' })
    await addReport(one, { reporterId: 'liz' })
    await addReport(one, { reporterId: 'max' })
    const find = async (filters: Partial<ListCasesInput>) =>
      (await listCases(context, ann, { tab: 'new', ...filters })).cases.map(({ id }) => id)
    expect(await find({ category: 'scam' })).toEqual([one.id])
    expect(await find({ connection: 'beta' })).toEqual([other.id])
    expect(await find({ accused: one.accusedId })).toEqual([one.id])
    expect(await find({ reporter: 'liz' })).toEqual([one.id])
    expect(await find({ reporter: 'liz', connection: 'beta' })).toEqual([])
    expect(await find({ reporter: one.accusedId })).toEqual([])
  })

  test('tells whose mute ends within the hour, by the last case on them', async () => {
    const db = await freshDb()
    const { context, addCase } = startCaseStage(db)
    const ann = await addActor(db)
    const now = Date.now()
    const mute = (userId: string, minutes: number, connection = 'sg') =>
      db.insert(muteStates).values([
        { connection, userId, groupId: '', topicId: '', scope: 'one_to_one', until: now + minutes * 60_000 },
        { connection, userId, groupId: '', topicId: '', scope: 'all_groups', until: now + 86_400_000 },
      ])
    const closed = { status: 'closed', closedAt: base } as const
    await addCase({ ...closed, accusedId: 'lin', openedAt: base })
    const last = await addCase({ ...closed, accusedId: 'lin', openedAt: base + 1 })
    const sooner = await addCase({ ...closed, accusedId: 'mei' })
    await addCase({ ...closed, accusedId: 'far' })
    await addCase({ ...closed, accusedId: 'over' })
    await mute('lin', 50)
    await mute('mei', 20)
    await mute('far', 61)
    await mute('over', -1)
    await mute('nobody', 10)
    const { cases, next } = await listCases(context, ann, { tab: 'expiring' })
    expect(cases.map(({ id, muteEndsAt }) => [id, muteEndsAt])).toEqual([
      [sooner.id, now + 20 * 60_000],
      [last.id, now + 50 * 60_000],
    ])
    expect(next).toBeNull()
    const { after } = listCasesSchema.parse({ after: `${now + 20 * 60_000}.0.${sooner.id}` })
    expect((await listCases(context, ann, { tab: 'expiring', after })).cases).toHaveLength(1)
    expect((await countTabs(context, ann)).expiring).toBe(2)
  })

  test('foresees which closed cases come back within a day to be looked at again', async () => {
    const db = await freshDb()
    const { context, addCase } = startCaseStage(db)
    const ann = await addActor(db)
    const now = Date.now()
    const inHours = (hours: number) => now + hours * 3_600_000
    expect(await foreseeLooks(context, ann)).toEqual({ count: 0, firstAt: null })
    const closed = { status: 'closed', closedAt: base } as const
    for (const hours of [-1, 5, 2, 23, 25]) await addCase({ ...closed, lookAgainAt: inHours(hours) })
    await addCase({ ...closed })
    await addCase({ status: 'reopened', lookAgainAt: inHours(1) })
    expect(await foreseeLooks(context, ann)).toEqual({ count: 3, firstAt: inHours(2) })
  })

  test('is for those who may read reports', async () => {
    const db = await freshDb()
    const { context, addCase } = startCaseStage(db)
    const viewer = await addActor(db, 'viewer')
    const { id } = await addCase()
    for (const tab of queueTabs)
      await expect(listCases(context, viewer, { tab })).rejects.toThrow('FORBIDDEN')
    await expect(countTabs(context, viewer)).rejects.toThrow('FORBIDDEN')
    await expect(foreseeLooks(context, viewer)).rejects.toThrow('FORBIDDEN')
    await expect(getCase(context, viewer, { caseId: id })).rejects.toThrow('FORBIDDEN')
    await expect(seeCase(context, viewer, { caseId: id, isTyping: false })).rejects.toThrow('FORBIDDEN')
  })
})

describeOnBothDatabases('a case on one screen', (freshDb) => {
  test('tells accused from reporter, how often the reporter was right, and what was kept', async () => {
    const db = await freshDb()
    const { context, addCase, addReport, addMessage } = startCaseStage(db)
    const ann = await addActor(db, 'support')
    const row = await addCase({ accusedId: 'lin', peerId: 'liz' })
    const old = await addCase({ accusedId: 'lin', status: 'closed', closedAt: base, verdict: 'valid' })
    const feud = await addCase({ accusedId: 'liz' })
    await db.insert(accounts).values({ connection: 'sg', userId: 'lin', nickname: 'Lin' })
    await addReport(row, { reporterId: 'liz', text: '<b>he\u202Espams</b>' })
    await addReport(row, { reporterId: null, source: 'tencent' })
    for (const verdict of ['valid', 'valid', 'not_valid', 'duplicate', null] as const)
      await addReport(old, { reporterId: 'liz', verdict })
    await addReport(feud, { reporterId: 'lin' })
    await addReport(feud, { reporterId: 'lin', verdict: 'bad_faith' })
    // Of somebody else, and in another app.
    await addReport(await addCase({ accusedId: 'mei' }), { reporterId: 'lin', verdict: 'valid' })
    await addReport(await addCase({ accusedId: 'lin', connection: 'zim' }), { reporterId: 'liz' })
    await addMessage(row.id, {
      messageId: '2',
      senderId: 'lin',
      text: 'buy',
      sentAt: base + 1,
      isReported: true,
      goneAt: base,
    })
    await addMessage(row.id, { messageId: '1', senderId: 'liz', text: 'hi', sentAt: base })
    await addMessage(row.id, {
      messageId: '3',
      senderId: 'max',
      text: null,
      sentAt: base + 2,
      message: { nonsense: 1 },
    })
    await addMessage(row.id, {
      messageId: '4',
      senderId: 'liz',
      text: 'stop',
      sentAt: base + 3,
      takenAt: Date.now() + 60_000,
    })
    await writeNote(context, ann, { about: { caseId: row.id }, text: 'first', isSticky: true })
    await writeNote(context, ann, { about: { caseId: old.id }, text: 'later', isSticky: false })

    const view = await getCase(context, ann, { caseId: row.id })
    expect(view.case).toMatchObject({
      accused: { userId: 'lin', nickname: 'Lin' },
      peerId: 'liz',
      claim: null,
    })
    expect(view.reports.find(({ source }) => source === 'api')).toMatchObject({
      text: '<b>he\u202Espams</b>',
      reporter: {
        ...{ userId: 'liz', accuracy: { valid: 2, judged: 3 } },
        mutual: {
          byAccused: { count: 2, valid: 0, notValid: 1 },
          byReporter: { count: 5, valid: 2, notValid: 1 },
        },
      },
    })
    expect(view.reports.find(({ source }) => source === 'tencent')?.reporter).toBeNull()
    expect(view.transcript.messages).toMatchObject([
      { messageId: '1', side: 'reporter', isReported: false, goneAt: null },
      { messageId: '2', side: 'accused', text: 'buy', isReported: true, goneAt: base, isAfterGap: false },
      { messageId: '4', text: 'stop', isAfterGap: true },
    ])
    expect(view.notes.map(({ text, caseNumber }) => [text, caseNumber])).toEqual([
      ['first', row.number],
      ['later', old.number],
    ])
    expect(view.earlier.map(({ id }) => id)).toEqual([old.id])
    expect(view.events).toMatchObject([{ type: 'note.written', by: ann.name }])
    await expect(getCase(context, ann, { caseId: crypto.randomUUID() })).rejects.toThrow('NOT_FOUND')
  })

  test('shows who else looks at it and who types; whoever went is forgotten', async () => {
    const db = await freshDb()
    const { context, addCase } = startCaseStage(db)
    const [ann, ben] = [await addActor(db, 'support'), await addActor(db, 'lead')]
    const { id } = await addCase()
    expect((await seeCase(context, ann, { caseId: id, isTyping: true })).viewers).toEqual([])
    expect((await seeCase(context, ben, { caseId: id, isTyping: false })).viewers).toEqual([
      { id: ann.id, name: ann.name, isTyping: true },
    ])
    await db
      .update(caseViewers)
      .set({ seenAt: Date.now() - 31_000 })
      .where(eq(caseViewers.moderatorId, ann.id))
    const { viewers, version } = await seeCase(context, ben, { caseId: id, isTyping: false })
    expect({ viewers, version }).toEqual({ viewers: [], version: 1 })
    expect(await db.select().from(caseViewers)).toHaveLength(1)
    const nowhere = { caseId: crypto.randomUUID(), isTyping: false }
    await expect(seeCase(context, ben, nowhere)).rejects.toThrow('NOT_FOUND')
  })
})
