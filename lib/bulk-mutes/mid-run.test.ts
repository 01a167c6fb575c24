import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { addApiKey } from '@/lib/auth/add-api-key'
import { findActorOfKey } from '@/lib/auth/find-actor-of-key'
import type { Db } from '@/lib/db'
import { apiKeys, auditHead, moderators, muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { log } from '@/lib/log'
import { concludeMany } from '@/lib/mutes/conclude-many'
import { leaseSecondsOfMany } from '@/lib/mutes/rules'
import { sendMany } from '@/lib/mutes/send-many'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import type { CallOptions } from '@/lib/provider/port'
import { expectOneEndEach } from '@/lib/testing/bulk-ends'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { withProvider, workWhile } from '@/lib/testing/bulk-under-way'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { reason } from '@/lib/testing/mute-world'
import { claimItems } from './claim'
import { feedBulkMute } from './feed'
import { pauseBulkMute } from './pause'
import { startBulkMute } from './start'
import { submitBulkMute } from './submit'

const revocations: readonly [string, (db: Db, actorId: string) => PromiseLike<unknown>][] = [
  [
    'has lost the role',
    (db, id) => db.update(moderators).set({ role: 'viewer' }).where(eq(moderators.id, id)),
  ],
  [
    'was disabled',
    (db, id) => db.update(moderators).set({ disabledAt: databaseNow }).where(eq(moderators.id, id)),
  ],
  ['has lost the key', (db) => db.update(apiKeys).set({ revokedAt: databaseNow })],
]

describeOnBothDatabases('in the middle of a run', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(() => stage.world.close())

  const started = async (count: number) => {
    stage = await startBulkStage(await freshDb())
    const { context, actor } = stage
    const { id } = await stage.create(await stage.addAccounts(count))
    await stage.work()
    await startBulkMute(context, actor, { bulkId: id, token: String((await stage.look(id)).token) })
    return id
  }
  const claimed = async (count: number) => {
    const id = await started(count)
    const { context } = stage
    const takenAt = context.clock.now()
    const permit = await context.provider('sg').takeMutePermit('accounts', { priority: 'bulk' })
    const claim = await claimItems(context, id, count)
    if (claim.kind !== 'sendings') throw new Error(claim.kind)
    return { id, takenAt, permit, ...claim }
  }
  const passed = sql`${databaseNow} - interval '1 second'`

  test.each(revocations)('whoever made it %s: nothing more is sent in that name', async (_, revoke) => {
    stage = await startBulkStage(await freshDb())
    const { context, db, actor, control } = stage
    const { secret } = await addApiKey({ db }, await addActor(db, 'admin'), {
      name: 'Raids',
      email: actor.email,
      scopes: ['bulk-mutes:write'],
    })
    const byKey = await findActorOfKey(db, secret)
    if (!byKey) throw new Error('the key does not open')
    const ids = await stage.addAccounts(20)
    const { id } = await submitBulkMute(context, byKey, {
      kind: 'mute',
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userIds: ids,
      scopes: ['one_to_one'],
      end: { kind: 'duration', seconds: 3_600 },
      mayShorten: false,
      reason,
      previewOnly: false,
    })
    await workWhile(stage, () => revoke(db, actor.id))
    const { states, ...seen } = await stage.look(id)
    expect(seen).toMatchObject({ status: 'paused', pause: { why: 'author_not_allowed' } })
    expect(states.applied).toBeGreaterThan(0)
    expect(states.pending).toBe(20 - states.applied)
    expect(await control.journal()).toHaveLength(states.applied)
  })

  test('paused, it sends no more than what it had in hand', async () => {
    const id = await started(20)
    const { context, actor, control } = stage
    await workWhile(stage, () => pauseBulkMute(context, actor, { bulkId: id }))
    const { states, status } = await stage.look(id)
    expect([status, states.sending]).toEqual(['paused', 0])
    expect(states.pending).toBeGreaterThan(0)
    expect(await control.journal()).toHaveLength(20 - states.pending)
  })

  test('what comes to its turn after its end is left out, and not sent as a lift', async () => {
    const id = await started(3)
    await stage.world.passTime(2 * 3_600)
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { skipped: 3 } })
    expect((await stage.items(id)).map(({ skipped }) => skipped)).toEqual(Array(3).fill('too_late'))
    expect((await stage.control.calls()).filter(({ api }) => api === 'setnospeaking')).toEqual([])
  })

  test('that it was paused is logged only where it was', async () => {
    const id = await started(1)
    const { context, db, actor } = stage
    await db.update(moderators).set({ role: 'viewer' }).where(eq(moderators.id, actor.id))
    await db.delete(auditHead)
    const error = vi.spyOn(log, 'error')
    onTestFinished(() => error.mockRestore())
    const feeding = feedBulkMute(context, id, AbortSignal.timeout(60_000), () => 1)
    await expect(feeding).rejects.toThrow('the audit has no head')
    expect(await stage.look(id)).toMatchObject({ status: 'running' })
    expect(error).not.toHaveBeenCalled()
  })

  test('a process that stood still since its claim sends nothing: its accounts are the settling job’s', async () => {
    const { takenAt, sendings, author, permit } = await claimed(3)
    const { context, control } = stage
    const late = { ...context, clock: { now: () => takenAt + leaseSecondsOfMany * 1_000 } }
    const sent = await sendMany(late, sendings, { takenAt, author, permit })
    expect([sent.isHeldUp, await control.journal()]).toEqual([true, []])
    await stage.db.update(muteCommands).set({ leaseUntil: passed, mayArriveUntil: passed })
    await settleDueMutes(context)
    expect(await control.journal()).toHaveLength(3)
  })

  test('its calls are given up before the settling job may take them over', async () => {
    const { takenAt, sendings, author, permit } = await claimed(3)
    const leaseEnds = performance.now() + takenAt + leaseSecondsOfMany * 1_000 - Date.now()
    const told: CallOptions[] = []
    const listening = withProvider(stage.context, () => ({
      async setGlobalMutes(_userId, _until, options) {
        told.push(options)
      },
    }))
    await sendMany(listening, sendings, { takenAt, author, permit })
    expect(told).toHaveLength(3)
    expect(told.every(({ signal }) => signal !== undefined)).toBe(true)
    expect(Math.max(...told.map(({ notAfter = Number.NaN }) => notAfter))).toBeLessThan(leaseEnds)
  })

  test('what the settling job sends again, or has ended, is not left to it a second time', async () => {
    const { takenAt, sendings, author, permit } = await claimed(2)
    const { context, control, db } = stage
    const [again = '', ended = ''] = sendings.map(({ commandId }) => commandId)
    const taken = { attempts: 1, leaseUntil: Date.now() + 15_000, mayArriveUntil: Date.now() + 18_000 }
    const late = withProvider(context, (provider) => ({
      async setGlobalMutes(...asked) {
        await provider.setGlobalMutes(...asked).finally(async () => {
          await db.update(muteCommands).set(taken).where(eq(muteCommands.id, again))
          await db.update(muteCommands).set({ status: 'applied' }).where(eq(muteCommands.id, ended))
        })
      },
    }))
    await control.addFaults({ kind: 'code', code: 30008, api: 'setnospeaking', times: 'always' })
    await sendMany(late, sendings, { takenAt, author, permit })
    const rows = new Map((await db.select().from(muteCommands)).map((row) => [row.id, row]))
    expect(rows.get(again)).toMatchObject({ ...taken, failure: null })
    expect(rows.get(ended)).toMatchObject({ status: 'applied', failure: null })
  })

  test('what was cut off is not sent again while it may still arrive', async () => {
    const { takenAt, sendings, author, permit } = await claimed(2)
    const { context, control, db } = stage
    const sent = async () =>
      (await control.calls()).filter(({ api, state }) => api === 'setnospeaking' && state === 'answered')
    await control.addFaults({ kind: 'drop-before', api: 'setnospeaking', times: 2 })
    await sendMany(context, sendings, { takenAt, author, permit })
    await db.update(muteCommands).set({ leaseUntil: passed })
    expect(await settleDueMutes(context)).toBe(2)
    expect(await sent()).toEqual([])
    await db.update(muteCommands).set({ leaseUntil: passed, mayArriveUntil: passed })
    expect(await settleDueMutes(context)).toBe(0)
    expect(await control.journal()).toHaveLength(2)
  })

  test('an answer that comes when the settling job is sending again decides nothing', async () => {
    const { takenAt, sendings, author } = await claimed(2)
    const { db } = stage
    const [first, second] = sendings.map(({ commandId }) => commandId)
    await db
      .update(muteCommands)
      .set({ attempts: 1 })
      .where(eq(muteCommands.id, String(first)))
    const failure = { kind: 'refused' as const }
    const outcomes = sendings.map(({ commandId }) => ({
      attempt: { commandId, attempts: 0 },
      outcome: { status: 'rejected' as const, failure },
      at: takenAt,
    }))
    expect(await concludeMany(db, outcomes, author)).toEqual(new Set([second]))
  })

  test('an answer that comes when the settling job has read back what it did changes nothing', async () => {
    const { id, takenAt, sendings, author } = await claimed(2)
    const { context, control, db } = stage
    for (const { place } of sendings)
      await control.putMutes({ account: place.userId, oneToOne: 3_600, allGroups: 3_600 })
    await db.update(muteCommands).set({ leaseUntil: passed, mayArriveUntil: passed })
    await settleDueMutes(context)
    const outcomes = sendings.map(({ commandId }) => ({
      attempt: { commandId, attempts: 0 },
      outcome: { status: 'rejected' as const, failure: { kind: 'refused' as const } },
      at: takenAt,
    }))
    expect(await concludeMany(db, outcomes, author)).toEqual(new Set())
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 2 } })
    await expectOneEndEach(db)
  })
})
