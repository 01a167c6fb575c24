import { and, eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Actor } from '@/lib/auth/actor'
import { appeals, auditEvents, cases, notices, reports, strikes } from '@/lib/db/schema'
import { applyMute } from '@/lib/mutes/apply'
import { addCase, claimFor, decisionOf, muteAnHour, startDecisionStage } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { muteWish } from '@/lib/testing/mute-world'
import { answerAppeal } from './answer-appeal'
import type { AnswerAppealInput } from './appeal-schemas'
import { decideCase } from './decide'
import { getDecisionBasis } from './decision-basis'
import { decisionDto } from './decision-dto'
import { fileAppeal } from './file-appeal'
import { previewDecision } from './preview-decision'
import { countSweep, sweepReporter } from './sweep-reporter'

type Stage = Awaited<ReturnType<typeof startDecisionStage>>

describeOnBothDatabases('appeals', (freshDb) => {
  let stage: Stage
  afterEach(() => stage.world.close())

  /** Somebody was muted for an hour and appeals. */
  async function begin(closesWith: { peerId: string }[] = []) {
    stage = await startDecisionStage(await freshDb())
    const { db, world, actor, accusedId, case: own } = stage
    const closed = await Promise.all(closesWith.map((about) => addCase(db, { accusedId, ...about })))
    const closeWith = closed.map(({ id: caseId, version }) => ({ caseId, version }))
    const decision = await decideCase(world.context, actor, decisionOf(own.id, { ...muteAnHour, closeWith }))
    const input = {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userId: accusedId,
      text: 'It was not me',
      language: 'ja',
    }
    const appeal = await fileAppeal(world.context, actor, input)
    return { ...stage, closed, decision, input, appeal }
  }
  const caseNow = async () => (await stage.db.select().from(cases).where(eq(cases.id, stage.case.id))).at(0)
  const answer = (actor: Actor, appealId: string, change: Partial<AnswerAppealInput> = {}) =>
    answerAppeal(stage.world.context, actor, {
      appealId,
      version: 4,
      answer: 'upheld',
      text: 'The links are yours',
      notify: 'en',
      ...change,
    })

  test('open the case for somebody else, once for a decision', async () => {
    const { world, actor, lead, input, appeal, case: own, decision } = await begin()
    expect(appeal).toMatchObject({ caseNumber: own.number, status: 'open' })
    expect(await caseNow()).toMatchObject({ status: 'appealed', version: 4 })
    expect(await fileAppeal(world.context, actor, input)).toEqual(appeal)
    await expect(fileAppeal(world.context, actor, { ...input, text: 'x' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    })
    const again = { ...input, idempotencyKey: crypto.randomUUID() }
    await expect(fileAppeal(world.context, actor, again)).rejects.toMatchObject({
      options: { fields: { decisionId: 'already_so' } },
    })
    await expect(fileAppeal(world.context, actor, { ...again, userId: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(answer(actor, appeal.id)).rejects.toMatchObject({ code: 'OWN_DECISION' })
    for (const each of [actor, lead]) {
      const basis = await getDecisionBasis(world.context, each, { caseId: own.id })
      expect(basis).toMatchObject({
        appeal: { id: appeal.id, text: 'It was not me', isOwnDecision: each === actor },
        last: { id: decision.id },
        advice: { strikes: 1, position: 2 },
      })
    }
    await expect(
      decideCase(world.context, lead, decisionOf(own.id, { version: 4, actions: [], overrideReason: 'x' })),
    ).rejects.toMatchObject({ options: { fields: { verdict: 'invalid' } } })
    const told = await stage.db.select().from(auditEvents).where(eq(auditEvents.type, 'appeal.received'))
    expect(told).toHaveLength(1)
    expect(JSON.stringify(told)).not.toContain('not me')
  })

  test('are answered in the language of the one who appeals, else in that of the reports', async () => {
    const { db, world, lead, case: own } = await begin()
    const basis = () => getDecisionBasis(world.context, lead, { caseId: own.id })
    expect(await basis()).toMatchObject({ language: 'en', appeal: { language: 'ja' } })
    await db.update(reports).set({ language: 'ja' })
    for (const [language, told] of Object.entries({ 'zh-Hant-TW': 'zh-CN', ar: 'en', '': 'ja' })) {
      await db.update(appeals).set({ language })
      expect((await basis()).appeal).toMatchObject({ language: told })
    }
  })

  test('that are upheld leave everything and tell why', async () => {
    const { db, control, lead, accusedId, appeal } = await begin()
    expect(await answer(lead, appeal.id)).toMatchObject({ status: 'applied', caseStatus: 'closed' })
    expect(await caseNow()).toMatchObject({ verdict: 'valid', closedBy: lead.id })
    expect(await control.mutes(accusedId)).toMatchObject({ oneToOne: expect.any(Number) })
    expect(await db.select().from(appeals)).toMatchObject([
      { status: 'upheld', answeredBy: lead.id, answer: 'The links are yours' },
    ])
    const kind = eq(notices.kind, 'appeal_answer')
    expect(await db.select().from(notices).where(kind)).toMatchObject([
      { userId: accusedId, status: 'held', text: expect.stringContaining('The links are yours') },
    ])
    await expect(answer(lead, appeal.id, { version: 6 })).rejects.toMatchObject({ code: 'CASE_CHANGED' })
  })

  test('that are granted give back what held before, and only that', async () => {
    const { db, world, control, lead, accusedId, appeal } = await begin()
    await control.seed({ groups: [{ id: 'g', type: 'Public', name: 'G', members: [{ id: accusedId }] }] })
    await applyMute(
      world.context,
      lead,
      muteWish(accusedId, { groupId: 'g', scopes: ['group'], end: { kind: 'duration', seconds: 600 } }),
    )
    expect(await answer(lead, appeal.id, { answer: 'lifted' })).toMatchObject({
      status: 'undone',
      caseStatus: 'closed',
      undo: { commands: [{ outcome: 'restored' }] },
    })
    expect(await control.mutes(accusedId)).toMatchObject({ oneToOne: null, allGroups: null })
    expect((await control.group('g')).members.find(({ id }) => id === accusedId)?.until).not.toBeNull()
    expect((await db.select().from(strikes)).map(({ voidedAt }) => voidedAt)).toEqual([expect.any(Number)])
  })

  test('that are granted leave closed what was closed along, and do not say otherwise', async () => {
    const { world, lead, closed, appeal, decision } = await begin([{ peerId: 'wei' }])
    const together = { opens: closed.map(({ number }) => number), stays: [], ofRun: 0 }
    expect(await decisionDto(world.context, decision.id)).toMatchObject({ together })
    expect(await answer(lead, appeal.id, { answer: 'lifted' })).toMatchObject({
      status: 'undone',
      together: { ...together, opens: [] },
    })
  })

  test('that are granted in part shorten the mute, never lengthen it, and only while nobody changed it', async () => {
    const { db, world, control, lead, accusedId, appeal } = await begin()
    const shorten = (seconds: number) =>
      answer(lead, appeal.id, { answer: 'shortened', end: { kind: 'duration', seconds } })
    await expect(shorten(7_200)).rejects.toMatchObject({ options: { fields: { end: 'invalid' } } })
    expect(await caseNow()).toMatchObject({ status: 'appealed' })
    const before = await control.mutes(accusedId)
    await shorten(600)
    const after = await control.mutes(accusedId)
    expect(Number(after.oneToOne)).toBeLessThan(Number(before.oneToOne))
    expect((await db.select().from(strikes)).map(({ voidedAt }) => voidedAt)).toEqual([null])
    expect(world).toBeDefined()
  })

  test('are not answered over a change that somebody made since, nor over a colleague who holds the case', async () => {
    const { db, world, actor, lead, accusedId, appeal, case: own } = await begin()
    const basis = { one_to_one: 1, all_groups: 1 }
    await applyMute(
      world.context,
      actor,
      muteWish(accusedId, { basis, end: { kind: 'duration', seconds: 86_400 } }),
    )
    const end = { kind: 'duration', seconds: 600 } as const
    await expect(answer(lead, appeal.id, { answer: 'shortened', end })).rejects.toMatchObject({
      code: 'MUTE_CHANGED',
    })
    await claimFor(db, own.id, await addActor(db))
    await expect(answer(lead, appeal.id)).rejects.toMatchObject({ code: 'CASE_CLAIMED' })
    await expect(answer(await addActor(db, 'viewer'), appeal.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await db.$count(appeals, eq(appeals.status, 'open'))).toBe(1)
  })

  test('a sweep closes what rests on one reporter alone, for leads', async () => {
    const { db, world, actor, lead, accusedId } = await begin()
    const alone = await addCase(db, { accusedId: 'x' }, { troll: 'en' })
    const shared = await addCase(db, { accusedId: 'y' }, { troll: 'en', rita: 'en' })
    const held = await addCase(db, { accusedId: 'z' }, { troll: 'en' })
    await claimFor(db, held.id, actor)
    const input = { connection: 'sg', reporterId: 'troll' }
    await expect(sweepReporter(world.context, actor, input)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(countSweep(world.context, actor, input)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await countSweep(world.context, lead, input)).toEqual({ reports: 3, cases: 3 })
    expect(await sweepReporter(world.context, lead, input)).toEqual({ reports: 3, cases: 1 })
    expect(await sweepReporter(world.context, lead, input)).toEqual({ reports: 0, cases: 0 })
    const status = async (id: string) => (await db.select().from(cases).where(eq(cases.id, id))).at(0)?.status
    expect([await status(alone.id), await status(shared.id), await status(held.id)]).toEqual([
      'closed',
      'new',
      'claimed',
    ])
    const isRita = and(eq(reports.caseId, shared.id), eq(reports.reporterId, 'rita'))
    expect(await db.select().from(reports).where(isRita)).toMatchObject([{ verdict: null }])
    expect(accusedId).toBeDefined()
  })

  test('keep their case from being closed with another one, or by a sweep, whoever had it in hand', async () => {
    const { db, world, actor, lead, accusedId, case: own, appeal } = await begin()
    // Released by nobody: it is not shown as appealed.
    await claimFor(db, own.id, lead, -1)
    const other = await addCase(db, { accusedId, peerId: 'wei' })
    const basis = await getDecisionBasis(world.context, actor, { caseId: other.id })
    expect(basis.others).toEqual([])
    const closing = decisionOf(other.id, {
      ...muteAnHour,
      closeWith: [{ caseId: own.id, version: Number((await caseNow())?.version) }],
    })
    await expect(decideCase(world.context, actor, closing)).rejects.toMatchObject({ code: 'CASE_CHANGED' })
    await db.update(reports).set({ verdict: null })
    await sweepReporter(world.context, lead, { connection: 'sg', reporterId: 'rita' })
    expect(await caseNow()).toMatchObject({ status: 'claimed' })
    expect((await db.select().from(cases).where(eq(cases.id, other.id))).at(0)?.status).toBe('closed')
    expect(await db.select().from(appeals)).toMatchObject([{ id: appeal.id, status: 'open' }])
  })

  test('a preview tells all that would happen and changes nothing', async () => {
    stage = await startDecisionStage(await freshDb())
    const { db, world, actor, accusedId, case: own } = stage
    const other = await addCase(db, { accusedId, groupId: 'g' }, { ren: 'ja', rita: 'en' })
    await world.addGroups({ id: 'g', name: 'G', owner: 'lin', members: [{ id: accusedId }] })
    await applyMute(world.context, actor, muteWish(accusedId, { groupId: 'g', scopes: ['group'] }))
    const { idempotencyKey, version, reasonText, lookAgainAt, overrideReason, ...asked } = decisionOf(
      own.id,
      {
        ...muteAnHour,
        closeWith: [{ caseId: other.id, version: 1 }],
      },
    )
    const events = await db.$count(auditEvents)
    expect(await previewDecision(world.context, actor, asked)).toMatchObject({
      isAsSuggested: false,
      isStrike: true,
      changes: [
        { kind: 'mute', scope: 'one_to_one', groupId: null, before: null, after: expect.any(Number) },
        { kind: 'mute', scope: 'all_groups', before: null },
      ],
      stays: [{ groupId: 'g', scope: 'group', until: expect.any(Number) }],
      told: {
        accused: { locale: 'en', text: expect.stringContaining('muted you until') },
        reporters: [
          { locale: 'ja', count: 1 },
          { locale: 'en', count: 1 },
        ],
      },
      closes: [{ number: other.number }],
    })
    expect([await db.$count(auditEvents), (await caseNow())?.status]).toEqual([events, 'new'])
    expect([idempotencyKey, version, reasonText, lookAgainAt, overrideReason]).toHaveLength(5)
  })
})
