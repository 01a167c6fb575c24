import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import type { Role } from '@/lib/auth/roles'
import { startBulkMute } from '@/lib/bulk-mutes/start'
import { undoBulkMute } from '@/lib/bulk-mutes/undo'
import type { Context } from '@/lib/context'
import {
  appeals,
  auditEvents,
  bulkMuteCases,
  cases,
  decisions,
  moderators,
  notices,
  reports,
  strikes,
} from '@/lib/db/schema'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { addCase, claimFor, decisionOf } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { untilWaiting } from '@/lib/testing/until-waiting'
import { answerAppeal } from './answer-appeal'
import { nobody } from './change-case'
import { concludeRunCases } from './conclude-run-cases'
import { decideCase } from './decide'
import { getDecisionBasis } from './decision-basis'
import { fileAppeal } from './file-appeal'
import { reopenDueCases } from './reopen-due'
import { undoDecision } from './undo-decision'

type Stage = Awaited<ReturnType<typeof startBulkStage>>

describeOnBothDatabases('runs and appeals', (freshDb, kind) => {
  let stage: Stage
  afterEach(() => stage.world.close())
  const begin = async (count: number) => {
    stage = await startBulkStage(await freshDb())
    return stage.addAccounts(count)
  }
  const start = async (bulkId: string) => {
    const { token } = await stage.look(bulkId)
    await startBulkMute(stage.context, stage.actor, { bulkId, token: token ?? '' })
    await stage.work()
  }
  const conclude = () => concludeRunCases(stage.context)
  /** Has a run mute these accounts, which is to decide these cases next. */
  const mute = async (userIds: string[], ids: string[]) => {
    const { id } = await stage.create(userIds, { kind: 'mute', cases: { ids, wish: 'valid' } })
    await stage.work()
    await start(id)
    return id
  }
  const run = async (userIds: string[], ids: string[]) => {
    const id = await mute(userIds, ids)
    await conclude()
    return id
  }
  const appeal = (userId: string, decisionId: string, context: Context = stage.context) =>
    fileAppeal(context, stage.actor, {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userId,
      decisionId,
      text: 'It was not me',
      language: 'ja',
    })
  const lift = async (appealId: string, caseId: string, role: Role = 'lead') =>
    answerAppeal(stage.context, await addActor(stage.db, role), {
      appealId,
      version: Number((await caseNow(caseId))?.version),
      answer: 'lifted',
      text: 'You were right',
      notify: 'en',
    })
  const undoRun = async (bulkId: string) => {
    const idempotencyKey = crypto.randomUUID()
    const { id } = await undoBulkMute(stage.context, stage.actor, { bulkId, idempotencyKey })
    await stage.work()
    await start(id)
    await conclude()
  }
  const decisionNow = async (id: string) =>
    (await stage.db.select().from(decisions).where(eq(decisions.id, id))).at(0)
  const caseNow = async (id: string) => (await stage.db.select().from(cases).where(eq(cases.id, id))).at(0)
  const linkOf = async (id: string) =>
    (await stage.db.select().from(bulkMuteCases).where(eq(bulkMuteCases.caseId, id))).at(0)

  test('a case that was passed to the leads since the run began stays with them', async () => {
    const [ann = ''] = await begin(1)
    const { db, actor } = stage
    const own = await addCase(db, { accusedId: ann })
    await mute([ann], [own.id])
    await claimFor(db, own.id, actor)
    await db.update(cases).set({ ...nobody, status: 'triaged', escalatedAt: 1, escalatedBy: actor.id })
    await conclude()
    expect(await db.select().from(bulkMuteCases)).toMatchObject([{ status: 'left', why: 'not_allowed' }])
    expect(await db.$count(cases, eq(cases.status, 'triaged'))).toBe(1)
  })

  test('a run leaves a case to its open appeal, also where somebody has it in hand', async () => {
    const [ann = ''] = await begin(1)
    const { db, context, actor } = stage
    const own = await addCase(db, { accusedId: ann })
    await appeal(ann, (await decideCase(context, await addActor(db, 'lead'), decisionOf(own.id))).id)
    await claimFor(db, own.id, actor)
    await run([ann], [own.id])
    expect(await linkOf(own.id)).toMatchObject({ status: 'left', why: 'appealed' })
    expect(await caseNow(own.id)).toMatchObject({ status: 'claimed', claimedBy: actor.id })
  })
  // The embedded database makes one transaction after the other.
  describe.runIf(kind === 'PostgreSQL')(
    'of an appeal and a decision at the same moment one comes second',
    () => {
      /** A case that came back, and what is done to it while an appeal against its decision is being filed. */
      const meet = async () => {
        const [ann = ''] = await begin(1)
        const { db, context } = stage
        const lead = await addActor(db, 'lead')
        const own = await addCase(db, { accusedId: ann })
        const { id } = await decideCase(context, lead, decisionOf(own.id))
        await db.update(cases).set({ lookAgainAt: 1 })
        await reopenDueCases(context)
        const whileFiling = (act: () => Promise<unknown>) =>
          db.transaction(async (tx) => {
            await appeal(ann, id, { ...context, db: tx })
            const begun = Promise.allSettled([act()])
            await untilWaiting(db, 1)
            return { begun }
          })
        return { ann, own, lead, whileFiling }
      }

      test('by a run', async () => {
        const { ann, own, whileFiling } = await meet()
        await mute([ann], [own.id])
        await (await whileFiling(conclude)).begun
        expect(await linkOf(own.id)).toMatchObject({ status: 'left', why: 'appealed' })
        expect(await caseNow(own.id)).toMatchObject({ status: 'reopened' })
      })

      test('by a colleague', async () => {
        const { own, lead, whileFiling } = await meet()
        const version = Number((await caseNow(own.id))?.version)
        const wish = decisionOf(own.id, { version, overrideReason: 'Once more' })
        const { begun } = await whileFiling(() => decideCase(stage.context, lead, wish))
        expect(await begun).toMatchObject([{ status: 'rejected', reason: { code: 'INVALID_INPUT' } }])
        expect(await caseNow(own.id)).toMatchObject({ status: 'reopened' })
      })
    },
  )

  test('an undo of a run grants the open appeal against its decision, and tells the accused', async () => {
    const [ann = ''] = await begin(1)
    const { db, actor } = stage
    const own = await addCase(db, { accusedId: ann })
    const bulkId = await run([ann], [own.id])
    const decisionId = (await linkOf(own.id))?.decisionId ?? ''
    const { id } = await appeal(ann, decisionId)
    await undoRun(bulkId)
    expect(await decisionNow(decisionId)).toMatchObject({ status: 'undone' })
    expect(await caseNow(own.id)).toMatchObject({ status: 'reopened', verdict: null })
    expect(await db.select().from(reports)).toMatchObject([{ verdict: null }])
    expect(await db.select().from(appeals)).toMatchObject([{ id, status: 'lifted', answeredBy: actor.id }])
    expect(await db.select().from(notices).where(eq(notices.userId, ann))).toMatchObject([
      { kind: 'appeal_answer', status: 'held', language: 'ja', text: expect.stringContaining('取り消') },
    ])
    const isAnswer = eq(auditEvents.type, 'appeal.answered')
    expect(await db.select().from(auditEvents).where(isAnswer)).toMatchObject([
      { actorId: actor.id, data: { appeal: id, answer: 'lifted' } },
    ])
    // What stands no more is not answered: neither upheld nor lifted again.
    await db.update(appeals).set({ status: 'open', answeredAt: null, answeredBy: null })
    await expect(lift(id, own.id)).rejects.toMatchObject({ code: 'CASE_CHANGED' })
  })

  test('an undo of a run leaves a case closed that a later decision closed', async () => {
    const [ann = ''] = await begin(1)
    const { db, context, actor } = stage
    const own = await addCase(db, { accusedId: ann })
    const bulkId = await run([ann], [own.id])
    await db.update(cases).set({ lookAgainAt: 1 })
    await reopenDueCases(context)
    const version = Number((await caseNow(own.id))?.version)
    const closing = decisionOf(own.id, { version, verdict: 'duplicate', actions: [], overrideReason: 'x' })
    await decideCase(context, actor, closing)
    await undoRun(bulkId)
    expect(await decisionNow((await linkOf(own.id))?.decisionId ?? '')).toMatchObject({ status: 'undone' })
    expect(await caseNow(own.id)).toMatchObject({ status: 'closed', verdict: 'duplicate' })
    expect((await db.select().from(strikes)).map(({ voidedAt }) => voidedAt)).toEqual([expect.any(Number)])
  })

  /** Two cases of one account that a run decided, with one mute and one strike; gives the decisions. */
  const decideTwo = async (isPassedOn = false) => {
    const [ann = ''] = await begin(1)
    if (isPassedOn) await stage.db.update(moderators).set({ role: 'lead' })
    const mark = { status: 'triaged', escalatedAt: 1, escalatedBy: stage.actor.id } as const
    const first = await addCase(stage.db, { accusedId: ann, ...(isPassedOn && mark) })
    const second = await addCase(stage.db, { accusedId: ann, peerId: 'wei' }, { wei: 'en' })
    await run([ann], [first.id, second.id])
    const [one, other] = [await linkOf(first.id), await linkOf(second.id)]
    return { ann, first, second, one: one?.decisionId ?? '', other: other?.decisionId ?? '' }
  }
  const expectNothingLeft = async (ann: string, ids: string[]) => {
    const { db } = stage
    expect(await stage.control.mutes(ann)).toMatchObject({ oneToOne: null, allGroups: null })
    expect((await db.select().from(strikes)).map(({ voidedAt }) => voidedAt)).toEqual([expect.any(Number)])
    for (const id of ids)
      expect(await decisionNow(id)).toMatchObject({
        status: 'undone',
        undo: { commands: [{ outcome: 'restored' }] },
      })
  }

  test('decisions by the same mute are taken back together', async () => {
    const { ann, first, second, one, other } = await decideTwo()
    const both = [one, other].map((decisionId) => undoDecision(stage.context, stage.actor, { decisionId }))
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual(['undone', 'undone'])
    await expectNothingLeft(ann, [one, other])
    for (const { id } of [first, second])
      expect(await caseNow(id)).toMatchObject({ status: 'reopened', verdict: null })
    expect(await stage.db.$count(auditEvents, eq(auditEvents.type, 'decision.undone'))).toBe(2)
  })

  test('an appeal that is granted takes the others by the same mute back, their strike and appeals too', async () => {
    const { ann, first, second, one, other } = await decideTwo()
    await appeal(ann, one)
    const { id } = await appeal(ann, other)
    expect(await lift(id, second.id)).toMatchObject({ status: 'undone', caseStatus: 'closed' })
    await expectNothingLeft(ann, [one, other])
    expect(await caseNow(first.id)).toMatchObject({ status: 'reopened', verdict: null })
    expect((await stage.db.select().from(appeals)).map(({ status }) => status)).toEqual(['lifted', 'lifted'])
  })

  test('an appeal is for a lead alone to grant where that opens another case that was with the leads', async () => {
    const { ann, first, second, one, other } = await decideTwo(true)
    const { id } = await appeal(ann, other)
    for (const role of ['moderator', 'lead'] as const) {
      const by = await addActor(stage.db, role)
      const basis = await getDecisionBasis(stage.context, by, { caseId: second.id })
      expect(basis.appeal).toMatchObject({ id, mayLift: role === 'lead' })
    }
    await expect(lift(id, second.id, 'moderator')).rejects.toMatchObject({ code: 'NEEDS_LEAD' })
    for (const each of [one, other]) expect(await decisionNow(each)).toMatchObject({ status: 'applied' })
    expect(await caseNow(first.id)).toMatchObject({ status: 'closed', escalatedAt: 1 })
    await lift(id, second.id)
    await expectNothingLeft(ann, [one, other])
    expect(await caseNow(first.id)).toMatchObject({ status: 'reopened', escalatedAt: 1 })
  })
})
