import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { auditEvents, cases, decisions, notices, reports, strikes } from '@/lib/db/schema'
import { applyMute } from '@/lib/mutes/apply'
import { addCase, decisionOf, muteAnHour, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { muteWish } from '@/lib/testing/mute-world'
import { decideCase } from './decide'
import { decisionDto } from './decision-dto'
import { endDueDecisions } from './decisions-due'
import { reopenDueCases } from './reopen-due'
import { sendDueNotices } from './send-due-notices'
import { undoDecision } from './undo-decision'

type Stage = Awaited<ReturnType<typeof startDecisionStage>>

describeOnBothDatabases('after a decision', (freshDb) => {
  let stage: Stage
  afterEach(() => stage.world.close())
  const begin = async () => {
    stage = await startDecisionStage(await freshDb())
    return stage
  }
  const decide = (change = {}) =>
    decideCase(stage.world.context, stage.actor, decisionOf(stage.case.id, { ...muteAnHour, ...change }))
  const undo = (decisionId: string, actor = stage.actor, context = stage.world.context) =>
    undoDecision(context, actor, { decisionId })
  const caseNow = async () => (await stage.db.select().from(cases).where(eq(cases.id, stage.case.id))).at(0)
  const statuses = async () => (await stage.db.select().from(notices)).map(({ status }) => status).sort()
  const letHoldPass = () => stage.db.update(notices).set({ sendAfter: 0 }).where(eq(notices.status, 'held'))

  test('an undo opens the case, gives the mute back, voids the strike and stops the messages', async () => {
    const { db, world, control, accusedId, lead } = await begin()
    const { id } = await decide()
    const undone = await undo(id, lead)
    expect(undone).toMatchObject({
      status: 'undone',
      caseStatus: 'reopened',
      notices: { cancelled: 2 },
      undo: { commands: [{ outcome: 'restored' }] },
    })
    expect(await control.mutes(accusedId)).toMatchObject({ oneToOne: null, allGroups: null })
    expect((await db.select().from(strikes)).map(({ voidedAt }) => voidedAt)).toEqual([expect.any(Number)])
    expect((await db.select().from(reports)).map(({ verdict }) => verdict)).toEqual([null])
    await letHoldPass()
    expect(await sendDueNotices(world.context)).toBe(0)
    expect(await control.deliveries()).toEqual([])
    expect(await undo(id)).toMatchObject({ status: 'undone' })
    expect(await db.$count(auditEvents, eq(auditEvents.type, 'decision.undone'))).toBe(1)
  })

  test('an undo leaves a mute alone that somebody changed since, and says who', async () => {
    const { world, lead, accusedId } = await begin()
    const { id } = await decide()
    const extended = muteWish(accusedId, {
      basis: { one_to_one: 1, all_groups: 1 },
      end: { kind: 'duration', seconds: 86_400 },
    })
    await applyMute(world.context, lead, extended)
    expect((await undo(id)).undo).toMatchObject({ commands: [{ outcome: 'changed', by: lead.name }] })
    expect(await caseNow()).toMatchObject({ status: 'reopened' })
  })

  test('an undo that died before the mutes were restored is ended by the job', async () => {
    const { db, world, control, accusedId, actor } = await begin()
    const { id } = await decide()
    const provider = () => {
      throw new Error('killed')
    }
    await expect(undo(id, actor, { ...world.context, provider })).rejects.toThrow('killed')
    expect(await caseNow()).toMatchObject({ status: 'reopened' })
    await db.update(decisions).set({ leaseUntil: 0 })
    await endDueDecisions(world.context)
    expect(await control.mutes(accusedId)).toMatchObject({ oneToOne: null, allGroups: null })
    expect((await db.select().from(decisions)).at(0)?.undo).toMatchObject({
      commands: [{ outcome: 'restored' }],
    })
  })

  test('reports that came since are merged into the case that comes back', async () => {
    const { db, accusedId } = await begin()
    const { id } = await decide()
    const twin = await addCase(db, { accusedId, priority: 9 }, { ren: 'ja', rita: 'en' })
    await undo(id)
    expect(await caseNow()).toMatchObject({
      status: 'reopened',
      reportCount: 3,
      reporterCount: 2,
      priority: 9,
    })
    const [merged] = await db.select().from(cases).where(eq(cases.id, twin.id))
    expect(merged).toMatchObject({ status: 'merged', mergedInto: stage.case.id })
    expect(await db.$count(reports, eq(reports.caseId, stage.case.id))).toBe(3)
  })

  test('an older decision is not taken back over a later one, which can be', async () => {
    const { db, world, actor, accusedId } = await begin()
    const { id: older } = await decide({ lookAgainAt: Date.now() + 60_000 })
    await db.update(cases).set({ lookAgainAt: 1 })
    await reopenDueCases(world.context)
    const twin = await addCase(db, { accusedId, peerId: 'wei' })
    const version = Number((await caseNow())?.version)
    const { id: later } = await decideCase(
      world.context,
      actor,
      decisionOf(twin.id, { ...muteAnHour, actions: [], closeWith: [{ caseId: stage.case.id, version }] }),
    )
    expect(await decisionDto(world.context, older)).toMatchObject({ caseStatus: 'closed', canUndo: false })
    await expect(undo(older)).rejects.toMatchObject({ code: 'CASE_CHANGED' })
    expect(await decisionDto(world.context, older)).toMatchObject({ status: 'applied', caseStatus: 'closed' })
    // What goes along and what does not is told before the undo, and after it.
    const together = { opens: [stage.case.number], stays: [], ofRun: 0 }
    expect(await decisionDto(world.context, later)).toMatchObject({ canUndo: true, together })
    expect(await undo(later)).toMatchObject({ status: 'undone', caseStatus: 'reopened', together })
    expect(await caseNow()).toMatchObject({ status: 'reopened' })
  })

  test('is for those who work reports, and of a decision that stands', async () => {
    const { db } = await begin()
    const { id } = await decide()
    await expect(undo(id, await addActor(db, 'viewer'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(undo(crypto.randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await db.update(decisions).set({ status: 'failed' })
    await expect(undo(id)).rejects.toMatchObject({ code: 'NOT_UNDOABLE' })
  })

  test('messages are sent when their time has come, each once, also by two instances', async () => {
    const { world, control, accusedId } = await begin()
    await decide()
    await stage.db.update(notices).set({ sendAfter: Date.now() + 3_600_000 })
    expect(await sendDueNotices(world.context)).toBe(0)
    await letHoldPass()
    await Promise.all([sendDueNotices(world.context), sendDueNotices(world.restarted())])
    const sent = await control.deliveries()
    expect(sent.map(({ to }) => to).sort()).toEqual([accusedId, 'rita'].sort())
    expect(sent.find(({ to }) => to === 'rita')?.text).not.toMatch(/mute/)
    expect(await statuses()).toEqual(['sent', 'sent'])
    const told = await stage.db.select().from(auditEvents).where(eq(auditEvents.type, 'notice.sent'))
    expect(told).toHaveLength(2)
    expect(JSON.stringify(told)).not.toContain('Thank you')
  })

  test('a message whose answer was lost is not sent again; one that surely did not arrive is', async () => {
    const { world, control } = await begin()
    await decide({ notify: { accused: 'en', reporters: false } })
    await letHoldPass()
    await control.addFaults({ kind: 'code', code: 60007, api: 'sendmsg', times: 9 })
    await sendDueNotices(world.context)
    expect(await statuses()).toEqual(['held'])
    await control.clearFaults()
    await control.addFaults({ kind: 'drop-after', api: 'sendmsg' })
    for (let times = 0; times < 2; times += 1) {
      await letHoldPass()
      await sendDueNotices(world.context)
    }
    expect(await stage.db.select().from(notices)).toMatchObject([
      { status: 'failed', failure: { effect: 'unknown', failure: { kind: 'disconnected' } } },
    ])
    expect(await control.deliveries()).toHaveLength(1)
  })

  test('a message over which a process died is not sent again', async () => {
    const { db, world, control } = await begin()
    await decide({ notify: { accused: 'en', reporters: false } })
    await db.update(notices).set({ status: 'sending', sendAfter: 0 })
    await sendDueNotices(world.context)
    expect((await db.select().from(notices)).at(0)).toMatchObject({
      status: 'failed',
      failure: { effect: 'unknown', failure: { kind: 'interrupted' } },
    })
    expect(await control.deliveries()).toEqual([])
  })

  test('of an undo and the sending of a message the database lets one win', async () => {
    const { world, control } = await begin()
    const { id } = await decide()
    await letHoldPass()
    const [undone] = await Promise.all([undo(id), sendDueNotices(world.context)])
    const { cancelled = 0 } = undone.notices
    expect((await control.deliveries()).length + cancelled).toBe(2)
  })

  test('holds for the other provider too: a mute in its group, and its own messages', async () => {
    const { db, world, control, actor } = await begin()
    await world.addRoom('#room', 'lin', 'guest')
    const room = await addCase(
      db,
      { connection: 'zim', accusedId: 'guest', groupId: '#room' },
      { lin: 'zh-Hans' },
    )
    const muteInRoom = {
      kind: 'mute' as const,
      groupId: '#room',
      scopes: ['group' as const],
      basis: {},
      end: { kind: 'duration' as const, seconds: 3_600 },
    }
    const input = decisionOf(room.id, { actions: [muteInRoom], overrideReason: 'Raid' })
    expect(await decideCase(world.context, actor, input)).toMatchObject({
      status: 'applied',
      notices: { held: 2 },
    })
    const guest = async () => (await control.zegoGroup('#room')).members.find(({ id }) => id === 'guest')
    expect((await guest())?.until).not.toBeNull()
    await letHoldPass()
    await sendDueNotices(world.context)
    expect((await control.deliveries()).map(({ from, to }) => [from, to]).sort()).toEqual([
      ['moderation', 'guest'],
      ['moderation', 'lin'],
    ])
    const [decision] = await db.select().from(decisions)
    expect((await undo(decision?.id ?? '')).undo).toMatchObject({ commands: [{ outcome: 'restored' }] })
    expect((await guest())?.until).toBeNull()
    expect((await control.violations()).list).toEqual([])
  })

  test('a case comes back when it shall be looked at again, once', async () => {
    const { db, world } = await begin()
    await decide({ lookAgainAt: Date.now() + 60_000 })
    await reopenDueCases(world.context)
    expect(await caseNow()).toMatchObject({ status: 'closed' })
    await db.update(cases).set({ lookAgainAt: 1 })
    await Promise.all([reopenDueCases(world.context), reopenDueCases(world.restarted())])
    expect(await caseNow()).toMatchObject({ status: 'reopened', lookAgainAt: null })
    expect(await db.$count(auditEvents, eq(auditEvents.type, 'case.look_again'))).toBe(1)
  })
})
