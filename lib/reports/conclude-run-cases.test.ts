import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { retryBulkMute } from '@/lib/bulk-mutes/retry'
import type { CaseWish } from '@/lib/bulk-mutes/rules'
import { startBulkMute } from '@/lib/bulk-mutes/start'
import { undoBulkMute } from '@/lib/bulk-mutes/undo'
import {
  auditEvents,
  bulkMuteCases,
  cases,
  decisions,
  moderators,
  muteCommands,
  notices,
  reports,
  strikes,
} from '@/lib/db/schema'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { addCase, claimFor, decisionOf } from '@/lib/testing/decision-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { concludeRunCases } from './conclude-run-cases'
import { decideCase } from './decide'
import { decisionDto } from './decision-dto'
import { getCase } from './get'
import { undoDecision } from './undo-decision'

type Stage = Awaited<ReturnType<typeof startBulkStage>>

describeOnBothDatabases('the cases of a bulk mute', (freshDb) => {
  let stage: Stage
  afterEach(() => stage.world.close())
  const begin = async (count: number) => {
    stage = await startBulkStage(await freshDb())
    return stage.addAccounts(count)
  }
  /** Makes a run for these cases and previews it. */
  const preview = async (userIds: string[], ids: string[], wish: CaseWish = 'valid') => {
    const { id } = await stage.create(userIds, { kind: 'mute', cases: { ids, wish } })
    await stage.work()
    return id
  }
  const start = async (bulkId: string) => {
    const { token } = await stage.look(bulkId)
    await startBulkMute(stage.context, stage.actor, { bulkId, token: token ?? '' })
    await stage.work()
  }
  const conclude = () => concludeRunCases(stage.context)
  const undo = async (bulkId: string, userIds: string[]) => {
    const { id } = await undoBulkMute(stage.context, stage.actor, {
      bulkId,
      userIds,
      idempotencyKey: crypto.randomUUID(),
    })
    await stage.work()
    await start(id)
  }
  const caseNow = async (id: string) => (await stage.db.select().from(cases).where(eq(cases.id, id))).at(0)
  const linkOf = async (id: string) =>
    (await stage.db.select().from(bulkMuteCases).where(eq(bulkMuteCases.caseId, id))).at(0)

  test('close with its mutes when it has ended, each once, also by two instances; the others stay open and say why', async () => {
    const [ann = '', ben = '', dan = '', eve = ''] = await begin(4)
    const { db, context, actor } = stage
    const colleague = await addActor(db, 'lead')
    const first = await addCase(db, { accusedId: ann }, { rita: 'en', ren: 'ja' })
    const second = await addCase(db, { accusedId: ann, peerId: 'wei' }, { rita: 'en', wei: 'en' })
    const decided = await addCase(db, { accusedId: ben })
    const claimed = await addCase(db, { accusedId: dan })
    const reopened = await addCase(db, { accusedId: eve })
    const lost = await addCase(db, { accusedId: 'nobody' })
    const all = [first, second, decided, claimed, reopened, lost]
    const bulkId = await preview(
      [ann, ben, dan, eve, 'nobody'],
      all.map(({ id }) => id),
    )
    expect(await conclude()).toBe(0)
    const shown = async () =>
      Object.fromEntries((await stage.items(bulkId)).map(({ userId, cases: of }) => [userId, of]))
    expect((await shown())[ann]).toEqual([
      { id: first.id, number: first.number, state: 'waiting', why: null },
      { id: second.id, number: second.number, state: 'waiting', why: null },
    ])
    // One more report is no change of what the run was made for; a colleague's decision is, and so is a claim.
    await db.update(cases).set({ version: 9, reportCount: 3 }).where(eq(cases.id, first.id))
    await decideCase(context, colleague, decisionOf(decided.id))
    await claimFor(db, claimed.id, colleague)
    const { id: decisionId } = await decideCase(context, colleague, decisionOf(reopened.id))
    await undoDecision(context, colleague, { decisionId })
    await start(bulkId)
    const counts = await Promise.all([conclude(), concludeRunCases(stage.world.restarted())])
    expect(counts[0] + counts[1]).toBe(6)
    expect(await conclude()).toBe(0)

    const links = await Promise.all(all.map(({ id }) => linkOf(id)))
    expect(links.map((link) => link?.why ?? link?.status)).toEqual([
      'decided',
      'decided',
      'changed',
      'claimed',
      'changed',
      'skipped',
    ])
    for (const { id } of [first, second]) {
      expect(await caseNow(id)).toMatchObject({ status: 'closed', verdict: 'valid', closedBy: actor.id })
      const made = await db.select().from(decisions).where(eq(decisions.caseId, id))
      const [command] = await db.select().from(muteCommands).where(eq(muteCommands.caseId, first.id))
      expect(made).toMatchObject([{ status: 'applied', actorId: actor.id, commandIds: [command?.id] }])
      const view = await getCase(context, actor, { caseId: id })
      expect(view.runs).toMatchObject([{ bulkId, state: 'decided', by: actor.name }])
      expect(view.events.map(({ type }) => type)).toEqual(['decision.applied', 'decision.made'])
    }
    expect(await caseNow(claimed.id)).toMatchObject({ status: 'claimed', claimedBy: colleague.id })
    expect(await caseNow(lost.id)).toMatchObject({ status: 'new', version: 1 })
    expect((await getCase(context, actor, { caseId: lost.id })).events).toMatchObject([
      { type: 'case.left_open', by: actor.name },
    ])
    // Two cases of one account are one offence, and one answer to whoever reported it twice.
    expect(await db.$count(strikes, eq(strikes.userId, ann))).toBe(1)
    const told = await db.select().from(notices).where(eq(notices.kind, 'reporter_answer'))
    const ofRun = told.filter(({ caseId }) => [first.id, second.id].includes(caseId))
    expect(ofRun.map(({ userId, status }) => `${userId} ${status}`).sort()).toEqual([
      'ren held',
      'rita held',
      'wei held',
    ])
    expect(await db.$count(notices, eq(notices.kind, 'mute_notice'))).toBe(0)
    expect((await stage.look(bulkId)).cases).toEqual({
      wish: 'valid',
      waiting: 0,
      decided: 2,
      left: 4,
      reopened: 0,
    })
  })

  test('open again with an undo of the run, those of the accounts that it gave back', async () => {
    const [ann = '', ben = ''] = await begin(2)
    const { db, context, actor } = stage
    const ofAnn = [await addCase(db, { accusedId: ann }), await addCase(db, { accusedId: ann, peerId: 'p' })]
    const ofBen = await addCase(db, { accusedId: ben }, { wei: 'en' })
    const bulkId = await preview(
      [ann, ben],
      [...ofAnn, ofBen].map(({ id }) => id),
    )
    await start(bulkId)
    const clock = {
      now(): number {
        throw new Error('killed in the middle')
      },
    }
    expect(await concludeRunCases({ ...context, clock })).toBe(0)
    expect(await caseNow(ofBen.id)).toMatchObject({ status: 'new', version: 1, claimedBy: null })
    expect(await conclude()).toBe(3)
    const together = async (id: string) => {
      const link = await linkOf(id)
      return (await decisionDto(context, link?.decisionId ?? '')).together
    }
    const [own, twin] = ofAnn
    expect(await together(own?.id ?? '')).toEqual({ opens: [twin?.number], stays: [], ofRun: 1 })
    expect(await together(ofBen.id)).toEqual({ opens: [], stays: [], ofRun: 2 })
    await undo(bulkId, [ann])
    const taken = await Promise.all([conclude(), concludeRunCases(stage.world.restarted())])
    expect(taken[0] + taken[1]).toBe(2)
    for (const { id } of ofAnn) {
      expect(await caseNow(id)).toMatchObject({ status: 'reopened', verdict: null })
      expect(await db.select().from(reports).where(eq(reports.caseId, id))).toMatchObject([{ verdict: null }])
      expect((await getCase(context, actor, { caseId: id })).runs).toMatchObject([{ state: 'reopened' }])
    }
    expect(await together(own?.id ?? '')).toEqual({ opens: [twin?.number], stays: [], ofRun: 1 })
    expect(await together(ofBen.id)).toEqual({ opens: [], stays: [], ofRun: 0 })
    expect(await caseNow(ofBen.id)).toMatchObject({ status: 'closed', verdict: 'valid' })
    expect(await db.$count(auditEvents, eq(auditEvents.type, 'decision.undone'))).toBe(2)
    const standing = (await db.select().from(strikes)).filter(({ voidedAt }) => voidedAt === null)
    expect(standing.map(({ userId }) => userId)).toEqual([ben])
    const held = await db.select().from(notices).where(eq(notices.status, 'held'))
    expect(held.map(({ userId }) => userId)).toEqual(['wei'])
    expect(await linkOf(ofBen.id)).toMatchObject({ isUndoAsked: false })

    // One of them alone is taken back as any decision is: with its mute.
    const link = await linkOf(ofBen.id)
    await undoDecision(context, actor, { decisionId: link?.decisionId ?? '' })
    expect(await caseNow(ofBen.id)).toMatchObject({ status: 'reopened' })
    expect(await stage.control.mutes(ben)).toMatchObject({ oneToOne: null, allGroups: null })
    expect((await stage.look(bulkId)).cases).toMatchObject({ decided: 0, reopened: 3 })
  })

  test('wait for the retry of what was rejected, and a duplicate is no strike', async () => {
    const [ann = '', ben = ''] = await begin(2)
    const { db, context, actor, control } = stage
    const [one, other] = [await addCase(db, { accusedId: ann }), await addCase(db, { accusedId: ben })]
    const bulkId = await preview([ann, ben], [one.id, other.id], 'duplicate')
    const refusal = { kind: 'code' as const, code: 130005, api: 'setnospeaking' as const }
    await control.addFaults({ ...refusal, account: ann, times: 'always' })
    await start(bulkId)
    await conclude()
    expect([await linkOf(one.id), await linkOf(other.id)]).toMatchObject([
      { status: 'left', why: 'rejected' },
      { status: 'decided' },
    ])
    expect(await caseNow(one.id)).toMatchObject({ status: 'new' })
    await control.clearFaults()
    await retryBulkMute(context, actor, { bulkId })
    expect(await conclude()).toBe(0)
    await stage.work()
    await conclude()
    expect(await caseNow(one.id)).toMatchObject({ status: 'closed', verdict: 'duplicate' })
    expect(await db.$count(strikes)).toBe(0)
  })

  test('are decided by nobody who may not, and stay open where that was asked for', async () => {
    const [ann = ''] = await begin(1)
    const { db, actor } = stage
    const own = await addCase(db, { accusedId: ann })
    const open = await preview([ann], [own.id], 'open')
    await start(open)
    const again = await stage.create([ann], {
      kind: 'mute',
      end: { kind: 'duration', seconds: 7_200 },
      cases: { ids: [own.id], wish: 'valid' },
    })
    await stage.work()
    await start(again.id)
    await db.update(moderators).set({ role: 'viewer' }).where(eq(moderators.id, actor.id))
    await conclude()
    const links = await db.select().from(bulkMuteCases)
    expect(links.map(({ why }) => why).sort()).toEqual(['as_wished', 'not_allowed'])
    expect(await caseNow(own.id)).toMatchObject({ status: 'new', version: 1 })
    expect(await db.$count(decisions)).toBe(0)
  })

  test('are of its own accounts, and no program brings any', async () => {
    const [ann = '', ben = ''] = await begin(2)
    const { db, actor } = stage
    const own = await addCase(db, { accusedId: ann })
    const elsewhere = await addCase(db, { accusedId: ann, connection: 'zim' })
    const key = { id: crypto.randomUUID(), prefix: 'hd_x', scopes: ['bulk-mutes:write' as const] }
    const make = (userIds: string[], ids: string[], by = actor) =>
      stage.create(userIds, { kind: 'mute', cases: { ids, wish: 'valid' } }, by)
    const wrong = { code: 'INVALID_INPUT', options: { fields: { cases: 'invalid' } } }
    await expect(make([ben], [own.id])).rejects.toMatchObject(wrong)
    await expect(make([ann], [own.id, elsewhere.id])).rejects.toMatchObject(wrong)
    await expect(make([ann], [crypto.randomUUID()])).rejects.toMatchObject(wrong)
    await expect(make([ann], [own.id], { ...actor, apiKey: key })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await db.$count(bulkMuteCases)).toBe(0)
  })
})
