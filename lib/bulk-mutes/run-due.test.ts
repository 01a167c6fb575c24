import { eq, inArray } from 'drizzle-orm'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { AuditType } from '@/lib/audit/events'
import { listAudit } from '@/lib/audit/list'
import { verifyAudit } from '@/lib/audit/verify'
import { auditEvents, muteCommands, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { log } from '@/lib/log'
import { applyMute } from '@/lib/mutes/apply'
import { expectOneEndEach } from '@/lib/testing/bulk-ends'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { muteWish } from '@/lib/testing/mute-world'
import { approveBulkMute } from './approve'
import { cancelBulkMute } from './cancel'
import { listActiveBulkMutes } from './list-active'
import { pauseBulkMute } from './pause'
import { resumeBulkMute } from './resume'
import { retryBulkMute } from './retry'
import { startBulkMute } from './start'
import { undoBulkMute } from './undo'

describeOnBothDatabases('a bulk mute', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(async () => {
    expect((await stage.control.violations()).list).toEqual([])
    expect(await verifyAudit(stage.db)).toMatchObject({ ok: true })
    await expectOneEndEach(stage.db)
    await stage.world.close()
  })

  const audited = async (type: AuditType) =>
    (await listAudit(stage.db, await addActor(stage.db, 'admin'), { type })).events
  /** What was done to each account at the provider, in order. */
  const effects = async () => {
    const done = await stage.control.journal()
    const after = ({ member, oneToOne }: (typeof done)[number]['changes']) => (member ?? oneToOne)?.after
    return done.map(({ account, changes }) => ({ account, after: after(changes) ?? null }))
  }

  test('mutes every account until the same instant, once, with an audit event for each', async () => {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(60)
    const done = await stage.run(ids)
    expect(done).toMatchObject({
      status: 'done',
      total: 60,
      states: { applied: 60, pending: 0, sending: 0, unknown: 0, rejected: 0, skipped: 0 },
    })
    const seen = await effects()
    expect(seen.map(({ account }) => account).sort()).toEqual(ids)
    for (const { after } of seen) expect(Math.abs(Number(after) - Number(done.until))).toBeLessThan(2_000)
    expect(await audited('bulk_mute.finished')).toMatchObject([{ data: { states: { applied: 60 } } }])
    const commands = await stage.db.select().from(muteCommands).where(eq(muteCommands.bulkId, done.id))
    expect(commands.filter(({ status }) => status === 'applied')).toHaveLength(60)
  })

  test('goes to a Tencent group in one call, is read back there, and its undo gives back what held', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, actor, control } = stage
    const group = '@TGS#2RAID'
    const members = Array.from({ length: 70 }, (_, index) => ({
      id: `member-${index}`,
      ...(index < 30 && { muted: 1_200 + 60 * index }),
    }))
    await stage.world.addGroups({ id: group, name: 'Raid', owner: 'lin', members })
    const ids = members.map(({ id }) => id)
    const done = await stage.run(ids, { kind: 'mute', groupId: group })
    expect(done.states).toMatchObject({ applied: 70 })
    expect((await control.calls()).filter(({ api }) => api === 'forbid_send_msg')).toHaveLength(1)
    expect((await stage.items(done.id)).every(({ verifiedAt }) => verifiedAt !== null)).toBe(true)

    await applyMute(
      context,
      actor,
      muteWish('member-69', {
        groupId: group,
        scopes: ['group'],
        basis: { group: 1 },
        end: { kind: 'forever' },
      }),
    )
    // And somebody who does not use the console.
    await control.putGroup({ group, members: [{ id: 'member-68', muted: 90_000 }] })
    const undo = await undoBulkMute(context, actor, { bulkId: done.id, idempotencyKey: crypto.randomUUID() })
    await stage.work()
    const seen = await stage.look(undo.id)
    expect(seen.forecasts).toEqual({ restore: 68, changed_since: 2 })
    await startBulkMute(context, actor, { bulkId: undo.id, token: String(seen.token) })
    await stage.work()
    expect((await stage.look(undo.id)).states).toMatchObject({ applied: 68, skipped: 2 })
    const held = new Map((await control.group(group)).members.map(({ id, until }) => [id, until]))
    const before = new Map((await stage.items(done.id)).map((item) => [item.userId, item.changes[0]?.before]))
    for (const [id, until] of held) {
      if (id === 'member-69') expect(until).toBe('forever')
      else if (id === 'member-68') expect(Number(until)).toBeGreaterThan(Date.now() + 80_000_000)
      else if (typeof before.get(id) === 'number')
        expect(Math.abs(Number(until) - Number(before.get(id)))).toBeLessThan(2_000)
      else expect(until ?? null).toBeNull()
    }
  })

  test('goes to a ZEGO group twenty at a time; who was refused is told why, and alone tried again', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, actor, control } = stage
    const ids = Array.from({ length: 500 }, (_, index) => `member-${index}`)
    await stage.world.addRoom('#room', 'lin', ...ids)
    const failing = ['member-3', 'member-21', 'member-440']
    for (const account of failing)
      await control.addFaults({ kind: 'partial', account, code: 660600033, api: 'MuteGroupMembers' })
    const days40 = { kind: 'duration' as const, seconds: 40 * 86_400 }
    const wish = { kind: 'mute' as const, connection: 'zim', groupId: '#room', end: days40 }
    const { id } = await stage.run(ids, wish)
    await approveBulkMute(context, await addActor(stage.db, 'lead'), {
      bulkId: id,
      token: String((await stage.look(id)).token),
    })
    await stage.work()
    const done = await stage.look(id)
    expect((await control.calls()).filter(({ api }) => api === 'MuteGroupMembers')).toHaveLength(25)
    expect(done).toMatchObject({ status: 'done', states: { applied: 497, rejected: 3 }, retryable: 3 })
    const rejected = (await stage.items(done.id)).filter(({ state }) => state === 'rejected')
    expect(rejected.map(({ userId, failure }) => [userId, failure?.providerCode])).toEqual(
      failing.map((id) => [id, 660600033]),
    )
    await retryBulkMute(context, actor, { bulkId: done.id })
    await stage.work()
    expect(await stage.look(done.id)).toMatchObject({ status: 'done', states: { applied: 500, rejected: 0 } })
    const states = await stage.db.select().from(muteStates)
    // Longer than the provider holds at once: each is to be renewed.
    expect(states.filter(({ heldUntil }) => heldUntil !== null)).toHaveLength(500)
    const counts = Map.groupBy(await effects(), ({ account }) => account)
    expect([...counts.values()].every(({ length }) => length === 1)).toBe(true)
    await expect(retryBulkMute(context, actor, { bulkId: done.id })).rejects.toThrow('INVALID_INPUT')
  })

  test('answers that were lost, spoilt or refused for now change nothing in the end', async () => {
    stage = await startBulkStage(await freshDb())
    const ids = await stage.addAccounts(80)
    const storm = { api: 'setnospeaking', times: 'always' } as const
    await stage.control.addFaults(
      { kind: 'drop-after', probability: 0.1, seed: 3, ...storm },
      { kind: 'status', status: 503, probability: 0.15, seed: 4, ...storm },
      { kind: 'html', applies: true, probability: 0.05, seed: 5, ...storm },
      { kind: 'code', code: 60008, probability: 0.05, seed: 6, ...storm },
    )
    const { id } = await stage.create(ids)
    await stage.work()
    const { token, until } = await stage.look(id)
    await startBulkMute(stage.context, stage.actor, { bulkId: id, token: String(token) })
    await expect
      .poll(
        async () => {
          await stage.work(AbortSignal.timeout(3_000))
          // What may still be on its way is waited for in hours of the database, not of the test.
          await stage.db.update(muteCommands).set({ leaseUntil: databaseNow, mayArriveUntil: null })
          return (await stage.look(id)).status
        },
        { timeout: 55_000, interval: 10 },
      )
      .toBe('done')
    expect((await stage.look(id)).states).toMatchObject({ applied: 80 })
    const byAccount = Map.groupBy(await effects(), ({ account }) => account)
    expect([...byAccount.keys()].sort()).toEqual(ids)
    for (const [, all] of byAccount) {
      // Where the answer was lost after it was applied, the provider is read back and nothing is sent twice.
      expect(all).toHaveLength(1)
      expect(Math.abs(Number(all[0]?.after) - Number(until))).toBeLessThan(2_000)
    }
    const terminal = await stage.db
      .select()
      .from(auditEvents)
      .where(inArray(auditEvents.type, ['mute.applied', 'mute.rejected']))
    expect(terminal.map(({ type, userId }) => [type, userId]).sort()).toEqual(
      ids.map((account) => ['mute.applied', account]),
    )
  })

  test.each([
    ['wrong', 70003],
    ['expired', 70001],
  ])('a connection whose secret is %s pauses the run once, and nothing is lost by it', async (_, code) => {
    const told = vi.spyOn(log, 'error')
    onTestFinished(() => told.mockRestore())
    stage = await startBulkStage(await freshDb())
    const { context, actor, control } = stage
    const ids = await stage.addAccounts(60)
    const { id } = await stage.create(ids)
    await stage.work()
    const { token } = await stage.look(id)
    await control.addFaults({ kind: 'code', code, api: 'setnospeaking', times: 'always' })
    await startBulkMute(context, actor, { bulkId: id, token: String(token) })
    await stage.work()
    expect(await stage.look(id)).toMatchObject({
      status: 'paused',
      pause: { why: 'provider', failure: { providerCode: code } },
    })
    expect(await audited('bulk_mute.paused')).toHaveLength(1)
    expect(told).toHaveBeenCalledOnce()
    await control.clearFaults()
    await resumeBulkMute(context, actor, { bulkId: id })
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 60, rejected: 0 } })
    expect(await effects()).toHaveLength(60)
    const again = await audited('bulk_mute.account_reopened')
    const refused = await audited('mute.rejected')
    expect(again.map(({ commandId }) => commandId).sort()).toEqual(
      refused.map(({ commandId }) => commandId).sort(),
    )
    expect(again[0]).toMatchObject({ userId: expect.any(String), data: { bulk: id, why: 'connection' } })
  })

  test('paused it sends nothing more; cancelled, what is done stays done', async () => {
    stage = await startBulkStage(await freshDb())
    const { context, actor, control } = stage
    await control.setLatency(20)
    const ids = await stage.addAccounts(100)
    const { id } = await stage.create(ids)
    await stage.work()
    await startBulkMute(context, actor, { bulkId: id, token: String((await stage.look(id)).token) })
    const working = stage.work()
    await expect.poll(async () => (await effects()).length, { interval: 5 }).toBeGreaterThan(5)
    await pauseBulkMute(context, actor, { bulkId: id })
    await working
    const atPause = await stage.look(id)
    expect(atPause.states.sending).toBe(0)
    const { status, doing, settled } = atPause
    expect((await listActiveBulkMutes(context, actor)).runs).toEqual([
      { id, status, doing, settled, onTheWay: 0 },
    ])
    await stage.work()
    expect((await stage.look(id)).states).toEqual(atPause.states)
    await cancelBulkMute(context, actor, { bulkId: id })
    await expect(resumeBulkMute(context, actor, { bulkId: id })).rejects.toThrow('BULK_MUTE_CHANGED')
    const { states, total } = await stage.look(id)
    expect(states.applied + states.skipped).toBe(total)
    expect(states.applied).toBe((await effects()).length)
    expect(await audited('bulk_mute.cancelled')).toMatchObject([
      { data: { states: { applied: states.applied } } },
    ])
  })
})
