import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Context } from '@/lib/context'
import {
  auditEvents,
  cases,
  decisions,
  muteCommands,
  muteStates,
  notices,
  reports,
  strikes,
} from '@/lib/db/schema'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { addCase, claimFor, decisionOf, muteAnHour, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { decideCase } from './decide'
import { endDueDecisions } from './decisions-due'

type Stage = Awaited<ReturnType<typeof startDecisionStage>>

describeOnBothDatabases('deciding a case', (freshDb) => {
  let stage: Stage
  afterEach(() => stage.world.close())
  const begin = async () => {
    stage = await startDecisionStage(await freshDb())
    return stage
  }
  const caseNow = async (id = stage.case.id) =>
    (await stage.db.select().from(cases).where(eq(cases.id, id))).at(0)
  const decide = (...[input, actor = stage.actor]: [Parameters<typeof decideCase>[2], Stage['actor']?]) =>
    decideCase(stage.world.context, actor, input)
  const types = async () =>
    (await stage.db.select().from(auditEvents).orderBy(auditEvents.seq)).map(({ type }) => type)

  test('mutes, counts a strike, keeps the messages for later and closes, with everything in the audit', async () => {
    const { db, control, accusedId, actor, case: own } = await begin()
    const input = decisionOf(own.id, muteAnHour)
    const decision = await decide(input)
    expect(decision).toMatchObject({
      status: 'applied',
      caseStatus: 'closed',
      notices: { held: 2 },
      canUndo: true,
    })
    const [kept] = decision.actions
    const until = kept && 'until' in kept ? kept.until : null
    expect(await control.mutes(accusedId)).toMatchObject({
      oneToOne: expect.any(Number),
      allGroups: expect.any(Number),
    })
    expect((await db.select().from(muteStates)).map((state) => state.until)).toEqual([until, until])
    expect(await caseNow()).toMatchObject({
      status: 'closed',
      verdict: 'valid',
      closedBy: actor.id,
      version: 3,
    })
    expect(await db.select().from(strikes)).toMatchObject([
      { userId: accusedId, category: 'spam', voidedAt: null },
    ])
    expect((await db.select().from(reports)).map(({ verdict }) => verdict)).toEqual(['valid'])
    const told = await db.select().from(notices).orderBy(notices.kind)
    expect(told).toMatchObject([
      {
        userId: accusedId,
        kind: 'mute_notice',
        text: expect.stringMatching(/muted you until .*UTC.*advertising/),
      },
      { userId: 'rita', kind: 'reporter_answer', text: expect.not.stringMatching(/mute/) },
    ])
    expect(told.every(({ sendAfter }) => sendAfter >= decision.decidedAt + 15_000)).toBe(true)
    expect(await control.deliveries()).toEqual([])
    expect(await types()).toEqual(['decision.made', 'mute.requested', 'mute.applied', 'decision.applied'])
    expect(await db.select().from(muteCommands)).toMatchObject([
      { reasonText: `#${own.number} Three links in a minute`, caseId: own.id },
    ])

    expect(await decide(input)).toMatchObject({ id: decision.id })
    await expect(decide({ ...input, reasonText: 'Another' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    })
    expect(await db.$count(decisions)).toBe(1)
  })

  test('wants a word where something else is done than the ladder says', async () => {
    const { case: own } = await begin()
    for (const change of [{ ...muteAnHour, overrideReason: '' }, { actions: [] }])
      await expect(decide(decisionOf(own.id, change))).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        options: { fields: { overrideReason: 'required' } },
      })
    expect(await types()).toEqual([])
    expect(await decide(decisionOf(own.id))).toMatchObject({ status: 'applied', overrideReason: null })
  })

  test('opens the case again when the provider refuses, and writes nothing else', async () => {
    const { db, control, case: own } = await begin()
    await control.addFaults({ kind: 'code', code: 60010, api: 'setnospeaking' })
    const decision = await decide(decisionOf(own.id, muteAnHour))
    expect(decision).toMatchObject({
      status: 'failed',
      caseStatus: 'reopened',
      failure: { action: 0, code: 'PROVIDER_REFUSED', failure: { kind: 'refused', providerCode: 60010 } },
    })
    expect([await db.$count(strikes), await db.$count(notices)]).toEqual([0, 0])
    expect(await caseNow()).toMatchObject({ status: 'reopened', verdict: null, closedAt: null, version: 3 })
    expect(await types()).toContain('decision.failed')
    expect(await decide(decisionOf(own.id, { ...muteAnHour, version: 3 }))).toMatchObject({
      status: 'applied',
    })
  })

  test('waits for a mute whose answer was lost, and ends by itself once it is known', async () => {
    const { db, world, control, accusedId, case: own } = await begin()
    await control.addFaults({ kind: 'drop-after', api: 'setnospeaking' })
    await control
      .addFaults({ kind: 'drop-before', api: 'getnospeaking', after: 1 } as never)
      .catch(() => undefined)
    const first = await decide(decisionOf(own.id, muteAnHour))
    expect(first).toMatchObject({ status: 'sending', caseStatus: 'decided', notices: {} })
    expect(await db.$count(strikes)).toBe(0)
    await db.update(muteCommands).set({ leaseUntil: 0, mayArriveUntil: 0 })
    await settleDueMutes(world.context)
    for (let times = 0; times < 2; times += 1) {
      await db.update(decisions).set({ leaseUntil: 0 })
      await endDueDecisions(world.restarted())
    }
    expect(await caseNow()).toMatchObject({ status: 'closed' })
    expect([await db.$count(strikes), await db.$count(notices), await db.$count(muteCommands)]).toEqual([
      1, 2, 1,
    ])
    expect((await control.journal()).filter(({ account }) => account === accusedId)).toHaveLength(1)
  })

  test('is carried out by the job when its process died, once, and with the end that was decided', async () => {
    const { db, world, case: own } = await begin()
    // The process dies with the connection to the provider: nothing is thrown that the verb expects.
    const dying: Context = {
      ...world.context,
      provider() {
        throw new Error('killed')
      },
    }
    await expect(decideCase(dying, stage.actor, decisionOf(own.id, muteAnHour))).rejects.toThrow('killed')
    expect(await caseNow()).toMatchObject({ status: 'decided' })
    await endDueDecisions(world.context)
    expect(await caseNow(), 'its lease still holds').toMatchObject({ status: 'decided' })
    await db.update(decisions).set({ leaseUntil: 0 })
    await world.passTime(600)
    await Promise.all([endDueDecisions(world.context), endDueDecisions(world.restarted())])
    expect(await caseNow()).toMatchObject({ status: 'closed' })
    const [state] = await db.select().from(muteStates)
    const [decision] = await db.select().from(decisions)
    expect(decision?.actions).toMatchObject([{ until: state?.until }])
    expect([await db.$count(muteCommands), await db.$count(strikes), await db.$count(notices)]).toEqual([
      1, 1, 2,
    ])
  })

  test('goes to the first of two who submit at once; the other is told who and when', async () => {
    const { world, actor, lead, case: own } = await begin()
    const outcomes = await Promise.allSettled(
      [actor, lead].map((each) => decideCase(world.context, each, decisionOf(own.id))),
    )
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    const winner = outcomes[0]?.status === 'fulfilled' ? actor : lead
    expect(refused).toMatchObject([
      { code: 'CASE_CHANGED', options: { details: { by: winner.name, at: expect.any(Number) } } },
    ])
    expect(await stage.db.$count(decisions)).toBe(1)
  })

  test('needs the live claim where somebody holds the case, and the version that was seen', async () => {
    const { db, actor, lead, case: own } = await begin()
    const token = await claimFor(db, own.id, actor)
    await expect(decide(decisionOf(own.id), lead)).rejects.toMatchObject({ code: 'CASE_CLAIMED' })
    await expect(decide(decisionOf(own.id, { claimToken: randomUUID() }), lead)).rejects.toMatchObject({
      code: 'CLAIM_LOST',
    })
    await expect(decide(decisionOf(own.id, { claimToken: token, version: 9 }))).rejects.toMatchObject({
      code: 'CASE_CHANGED',
    })
    await claimFor(db, own.id, actor, -1)
    await expect(decide(decisionOf(own.id, { claimToken: token }))).rejects.toMatchObject({
      code: 'CLAIM_LOST',
    })
    const again = await claimFor(db, own.id, actor)
    expect(await decide(decisionOf(own.id, { claimToken: again }))).toMatchObject({ status: 'applied' })
    expect(await caseNow()).toMatchObject({ claimToken: null, claimedBy: null })
  })

  test('closes other cases of the same accused with it, of nobody else, or none at all', async () => {
    const { db, accusedId, case: own } = await begin()
    const other = await addCase(db, { accusedId, groupId: 'g' }, { ren: 'ja', rita: 'en' })
    const stranger = await addCase(db, { accusedId: 'somebody' })
    const closing = (id: string) => ({ closeWith: [{ caseId: id, version: 1 }] })
    await expect(decide(decisionOf(own.id, closing(stranger.id)))).rejects.toMatchObject({
      code: 'CASE_CHANGED',
    })
    expect(await caseNow()).toMatchObject({ status: 'new', version: 1 })
    await decide(decisionOf(own.id, closing(other.id)))
    expect(await caseNow(other.id)).toMatchObject({ status: 'closed', verdict: 'valid' })
    const answers = await db
      .select()
      .from(notices)
      .where(eq(notices.kind, 'reporter_answer'))
      .orderBy(notices.userId)
    expect(answers.map(({ userId, text }) => [userId, /[ぁ-ん]/.test(text)])).toEqual([
      ['ren', true],
      ['rita', false],
    ])
    expect(await db.$count(strikes)).toBe(1)
  })

  test('is for those who work reports, with the rights that its mutes need', async () => {
    const { db, case: own } = await begin()
    const forever = muteAnHour.actions.map((action) => ({ ...action, end: { kind: 'forever' as const } }))
    const cases = [
      ['viewer', decisionOf(own.id)],
      ['support', decisionOf(own.id, { actions: forever, overrideReason: 'x' })],
    ] as const
    for (const [role, input] of cases)
      await expect(decide(input, await addActor(db, role))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await types()).toEqual([])
  })

  test('removes from a group, and says when that cannot be', async () => {
    const { db, world, control, accusedId, case: own } = await begin()
    await world.addGroups({ id: 'g', name: 'G', owner: 'lin', members: [{ id: accusedId }] })
    await control.seed({
      groups: [{ id: 'live', type: 'AVChatRoom', name: 'Live', members: [{ id: accusedId }] }],
    })
    const kick = (groupId: string) => ({
      actions: [{ kind: 'kick' as const, groupId }],
      overrideReason: 'Raid',
    })
    const failed = await decide(decisionOf(own.id, kick('live')))
    expect(failed).toMatchObject({ status: 'failed', failure: { action: 0, code: 'CANNOT_MUTE_HERE' } })
    await control.addFaults({ kind: 'drop-after', api: 'delete_group_member' })
    const done = await decide(decisionOf(own.id, { ...kick('g'), version: 3 }))
    expect(done).toMatchObject({ status: 'applied' })
    expect((await control.group('g')).members.map(({ id }) => id)).toEqual(['lin'])
    expect(await db.$count(strikes)).toBe(1)
  })
})
