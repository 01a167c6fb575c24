import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { bulkMuteItems, bulkMutes, muteCommands, muteStates } from '@/lib/db/schema'
import { applyMute } from '@/lib/mutes/apply'
import { liftMute } from '@/lib/mutes/lift'
import { requestCommand } from '@/lib/mutes/request'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { expectOneEndEach } from '@/lib/testing/bulk-ends'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { muteWish, reason } from '@/lib/testing/mute-world'
import { startOrAsk } from './begin'
import { cancelBulkMute } from './cancel'
import { claimItems } from './claim'
import { finishBulkMute } from './finish'
import { getBulk } from './internal'
import { pauseBulkMute } from './pause'
import { reopenItems } from './reopen'
import { resumeBulkMute } from './resume'
import { startBulkMute } from './start'
import { undoBulkMute } from './undo'

describeOnBothDatabases('a bulk mute and what comes in between', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(async () => {
    await expectOneEndEach(stage.db)
    await stage.world.close()
  })

  async function started(count: number) {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(count)
    const { id } = await stage.create(ids)
    await stage.work()
    await startBulkMute(stage.context, stage.actor, {
      bulkId: id,
      token: String((await stage.look(id)).token),
    })
    return { id, ids }
  }

  test('what a connection refuses after the run was cancelled is rejected, and nothing waits for ever', async () => {
    const { id } = await started(20)
    await stage.control.addFaults(
      { kind: 'delay', ms: 700, when: 'before-applying', api: 'setnospeaking', times: 1 },
      { kind: 'code', code: 70003, api: 'setnospeaking', times: 'always' },
    )
    const working = stage.work()
    await expect.poll(async () => (await stage.look(id)).states.sending, { interval: 5 }).toBeGreaterThan(0)
    await cancelBulkMute(stage.context, stage.actor, { bulkId: id })
    await working
    const { states, total, status } = await stage.look(id)
    expect(status).toBe('cancelled')
    expect(states.pending).toBe(0)
    expect(states.applied + states.rejected + states.skipped).toBe(total)
  })

  test.each([0, 1, 5, 11])(
    'cancelled when %i accounts are done, each has one outcome and no more',
    async (after) => {
      const { id, ids } = await started(12)
      const { context, actor, control } = stage
      await control.setLatency(20)
      const effects = async () => (await control.journal()).filter(({ source }) => source === 'api')
      const working = stage.work()
      await expect.poll(async () => (await effects()).length, { interval: 5 }).toBeGreaterThanOrEqual(after)
      const isCancelled = await cancelBulkMute(context, actor, { bulkId: id }).then(
        () => true,
        () => false,
      )
      await working
      await stage.work()
      const { states, status } = await stage.look(id)
      // The last account may have been done before the cancelling came.
      expect(status).toBe(isCancelled ? 'cancelled' : 'done')
      expect(states).toMatchObject({ pending: 0, sending: 0, unknown: 0, rejected: 0 })
      const done = (await effects()).map(({ account }) => account)
      expect([states.applied, states.skipped]).toEqual([done.length, ids.length - done.length])
      expect(new Set(done).size).toBe(done.length)
    },
  )

  test('what was changed elsewhere since the preview is left alone, also after a pause', async () => {
    const { id, ids } = await started(5)
    const [first] = ids
    await pauseBulkMute(stage.context, stage.actor, { bulkId: id })
    await stage.control.putMutes({ account: String(first), oneToOne: 'forever', allGroups: 'forever' })
    // As the reconciling job or a page that somebody looks at notes it.
    await stage.db
      .update(muteStates)
      .set({ observedUntil: 'forever', observedAt: Date.now() })
      .where(eq(muteStates.userId, String(first)))
    await resumeBulkMute(stage.context, stage.actor, { bulkId: id })
    await stage.work()
    expect((await stage.control.mutes(String(first))).oneToOne).toBe('forever')
    const items = await stage.items(id)
    expect(items.find(({ userId }) => userId === first)?.skipped).toBe('changed_since')
    expect((await stage.look(id)).states).toMatchObject({ applied: 4, skipped: 1 })
  })

  test('a pause reopens only what was rejected: an end that another process wrote stands', async () => {
    stage = await startBulkStage(await freshDb())
    const { control, context, db } = stage
    await stage.world.addRoom('#room', 'lin', 'ana', 'bob', 'cy')
    await control.addFaults({ kind: 'partial', account: 'bob', code: 660600033, api: 'MuteGroupMembers' })
    const { id } = await stage.run(['ana', 'bob', 'cy'], {
      kind: 'mute',
      connection: 'zim',
      groupId: '#room',
    })
    const undo = { bulkId: id, idempotencyKey: crypto.randomUUID() }
    expect(await undoBulkMute(context, stage.actor, undo)).toMatchObject({ total: 2 })
    await db.update(muteCommands).set({ status: 'unknown' }).where(eq(muteCommands.userId, 'cy'))
    const bulk = await getBulk(context.db, id)
    const events = await db.transaction((tx) =>
      reopenItems(tx, bulk, { actorId: null, actorName: 'system' }, undefined, 'connection'),
    )
    expect(events).toMatchObject([{ type: 'bulk_mute.account_reopened', userId: 'bob' }])
    const states = (await stage.items(id)).map(({ userId, state }) => [userId, state])
    expect(Object.fromEntries(states)).toEqual({ ana: 'applied', bob: 'pending', cy: 'unknown' })
  })

  test('a run is undone only when nothing of it is on its way', async () => {
    const { id } = await started(3)
    const undo = () =>
      undoBulkMute(stage.context, stage.actor, { bulkId: id, idempotencyKey: crypto.randomUUID() })
    await expect(undo()).rejects.toThrow('BULK_MUTE_CHANGED')
    await stage.work()
    await expect(undo()).resolves.toMatchObject({ kind: 'undo', total: 3 })
  })

  test('an undo that gives back what has ended meanwhile lifts, also where its first call is lost', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, db, control } = stage
    const [userId = ''] = await stage.addAccounts(1, () => ({ oneToOne: 600, allGroups: 600 }))
    const { id: bulkId } = await stage.run([userId])
    const { id } = await undoBulkMute(context, stage.actor, { bulkId, idempotencyKey: crypto.randomUUID() })
    await stage.work()
    const { token, forecasts } = await stage.look(id)
    expect(forecasts).toEqual({ restore: 1 })
    await startBulkMute(context, stage.actor, { bulkId: id, token: String(token) })
    await stage.world.passTime(900)
    await control.addFaults({ kind: 'drop-before', api: 'setnospeaking' })
    const working = stage.work()
    await expect.poll(async () => (await stage.look(id)).states.unknown).toBe(1)
    await db.update(muteCommands).set({ leaseUntil: 0, mayArriveUntil: 0 })
    await settleDueMutes(context)
    await working
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 1 } })
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: null, allGroups: null })
  })

  test('an account that somebody else is muting at this moment is left to that', async () => {
    const { id, ids } = await started(2)
    const { context, db, actor } = stage
    const [userId = '', other] = ids
    const place = { connection: 'sg', userId, groupId: '', topicId: '' }
    const key = { idempotencyKey: crypto.randomUUID(), inputHash: '' }
    const plan = { kind: 'mute' as const, place, ...key, reason, after: { one_to_one: null }, basis: {} }
    await requestCommand(db, actor, plan, Date.now())
    const claim = await claimItems(context, id, 2)
    expect(claim.kind === 'sendings' && claim.sendings.map((of) => of.place.userId)).toEqual([other])
    expect((await stage.look(id)).states).toMatchObject({ pending: 1, sending: 1 })
  })

  test('what a colleague has decided anew is not undone, also with the same end', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, db } = stage
    const [userId = ''] = await stage.addAccounts(1)
    const { id: bulkId, until } = await stage.run([userId])
    const undo = await undoBulkMute(context, stage.actor, { bulkId, idempotencyKey: crypto.randomUUID() })
    await stage.work()
    const { token } = await stage.look(undo.id)
    await startBulkMute(context, stage.actor, { bulkId: undo.id, token: String(token) })
    const colleague = await addActor(db)
    const basis = (version: number) => ({ basis: { one_to_one: version, all_groups: version } })
    const end = { kind: 'at' as const, at: Number(until) }
    const { end: _, ...lift } = muteWish(userId, basis(1))
    await liftMute(context, colleague, lift)
    await applyMute(context, colleague, muteWish(userId, { ...basis(2), end }))
    await stage.work()
    expect((await stage.items(undo.id)).map(({ skipped }) => skipped)).toEqual(['changed_since'])
    expect(Math.abs(Number((await stage.control.mutes(userId)).oneToOne) - end.at)).toBeLessThan(2_000)
  })

  test('an undo keeps what it gives back although its group is not there for a moment', async () => {
    stage = await startBulkStage(await freshDb())
    await stage.world.addRoom('#room', 'lin', 'ana', 'bob')
    const done = await stage.run(['ana', 'bob'], { kind: 'mute', connection: 'zim', groupId: '#room' })
    await stage.control.dissolveZegoGroup('#room')
    const undo = await undoBulkMute(stage.context, stage.actor, {
      bulkId: done.id,
      idempotencyKey: crypto.randomUUID(),
    })
    await stage.work()
    expect((await stage.look(undo.id)).forecasts).toEqual({ cannot_mute_here: 2 })
    const items = await stage.db.select().from(bulkMuteItems).where(eq(bulkMuteItems.bulkId, undo.id))
    expect(items.map(({ after }) => after)).toEqual([{ group: null }, { group: null }])
  })

  test('a run starts only on the preview that was seen, also where another came after that was checked', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, db, actor } = stage
    const { id } = await stage.create(await stage.addAccounts(1))
    await stage.work()
    const start = (token: string) =>
      getBulk(db, id).then((bulk) =>
        db.transaction((tx) => startOrAsk(tx, actor, bulk, { token, accounts: 1 })),
      )
    await expect(start('f'.repeat(64))).rejects.toThrow('BULK_MUTE_CHANGED')
    expect((await stage.look(id)).status).toBe('previewed')
    expect(await start((await getBulk(context.db, id)).token ?? '')).toMatchObject({ status: 'running' })
    await stage.work()
  })

  test('a run ends only while it runs', async () => {
    const { id } = await started(2)
    await stage.work()
    await stage.db.update(bulkMutes).set({ status: 'paused' }).where(eq(bulkMutes.id, id))
    await finishBulkMute(stage.context, id)
    expect((await stage.look(id)).status).toBe('paused')
    await stage.db.update(bulkMutes).set({ status: 'running' }).where(eq(bulkMutes.id, id))
    await finishBulkMute(stage.context, id)
    expect((await stage.look(id)).status).toBe('done')
  })

  test('a run of a connection that is gone does not hold up the others', async () => {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(2)
    const gone = await stage.create(ids)
    await stage.db.update(bulkMutes).set({ connection: 'gone' }).where(eq(bulkMutes.id, gone.id))
    const { id } = await stage.create(ids)
    await stage.work()
    expect((await stage.look(id)).status).toBe('previewed')
  })
})
