import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { listAudit } from '@/lib/audit/list'
import type { Context } from '@/lib/context'
import { auditHead, bulkMutes, muteCommands } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { expectOneEndEach } from '@/lib/testing/bulk-ends'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { cancelBulkMute } from './cancel'
import { claimItems } from './claim'
import { followConnections } from './follow-connections'
import { getBulkMute } from './get'
import { resumeBulkMute } from './resume'
import { retryBulkMute } from './retry'
import { retryRefusal } from './rules'
import { runBulkMutes } from './run-due'
import { startBulkMute } from './start'

describeOnBothDatabases('a bulk mute whose connection is taken out', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startBulkStage>>
  afterEach(() => stage.world.close())

  /** A run of which three accounts were claimed a moment ago, and a console that has its connection no more. */
  async function begin() {
    stage = await startBulkStage(await freshDb())
    const { context, actor } = stage
    const { id } = await stage.create(await stage.addAccounts(12))
    await stage.work()
    await startBulkMute(context, actor, { bulkId: id, token: (await stage.look(id)).token ?? '' })
    await claimItems(context, id, 3)
    const without: Context = {
      ...context,
      connections: context.connections.filter(({ key }) => key !== 'sg'),
      provider(key) {
        if (key === 'sg') throw new AppError('UNKNOWN_CONNECTION')
        return context.provider(key)
      },
    }
    return { id, workWithout: () => runBulkMutes(without, AbortSignal.timeout(60_000)), without }
  }

  const minute = sql`interval '1 minute'`

  async function passSinceStart(id: string) {
    const started = { startedAt: sql`${bulkMutes.startedAt} - ${minute}` }
    await stage.db.update(bulkMutes).set(started).where(eq(bulkMutes.id, id))
  }

  async function passSinceClaim() {
    const { requestedAt, leaseUntil, mayArriveUntil } = muteCommands
    await stage.db.update(muteCommands).set({
      requestedAt: sql`${requestedAt} - ${minute}`,
      leaseUntil: sql`${leaseUntil} - ${minute}`,
      mayArriveUntil: sql`${mayArriveUntil} - ${minute}`,
    })
  }

  /** Nobody has claimed anything for a minute, and nothing is on its way any more. */
  async function passMinute(id: string) {
    await passSinceStart(id)
    await passSinceClaim()
  }

  const told = async () => {
    const { events } = await listAudit(stage.db, await addActor(stage.db, 'admin'), {})
    return events
      .filter(({ type }) => type === 'bulk_mute.paused' || type === 'bulk_mute.resumed')
      .map(({ type, actorName, connection, data }) => ({ type, actorName, connection, data }))
  }

  test('is paused once, says why, and goes on by itself when the connection is back', async () => {
    const { id, workWithout } = await begin()
    await passMinute(id)
    await Promise.all([workWithout(), workWithout()])
    await workWithout()
    expect(await stage.look(id)).toMatchObject({
      status: 'paused',
      pause: { why: 'connection_gone', by: null, failure: null },
    })
    const system = { actorName: 'system', connection: 'sg' }
    const paused = { type: 'bulk_mute.paused', ...system, data: { bulk: id, why: 'connection_gone' } }
    expect(await told()).toEqual([paused])
    expect(await stage.control.journal()).toEqual([])

    await settleDueMutes(stage.context)
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'done', states: { applied: 12 } })
    expect(await stage.control.journal()).toHaveLength(12)
    expect(await told()).toEqual([{ type: 'bulk_mute.resumed', ...system, data: { bulk: id } }, paused])
    await expectOneEndEach(stage.db)
  })

  test('is in the log once, and only when that it is paused is on record', async () => {
    const { id, workWithout } = await begin()
    await passMinute(id)
    const error = vi.spyOn(log, 'error').mockReturnValue()
    onTestFinished(() => error.mockRestore())
    const logged = () => error.mock.calls.filter(([about]) => Object.hasOwn(Object(about), 'bulk'))
    const head = await stage.db.delete(auditHead).returning()
    await workWithout().catch(() => {})
    expect(await stage.look(id)).toMatchObject({ status: 'running' })
    expect(logged()).toEqual([])
    await stage.db.insert(auditHead).values(head)
    await Promise.all([workWithout(), workWithout()])
    await workWithout()
    expect(await stage.look(id)).toMatchObject({ status: 'paused' })
    expect(logged()).toEqual([[{ bulk: id, connection: 'sg' }, expect.stringContaining('paused')]])
  })

  test.each([
    ['has claimed some of it', passSinceStart],
    ['has begun it', passSinceClaim],
  ])('stays as it is where another instance, which may still have it, %s a moment ago', async (_, pass) => {
    const { id, workWithout } = await begin()
    await pass(id)
    await workWithout()
    expect(await stage.look(id)).toMatchObject({ status: 'running' })
    expect(await told()).toEqual([])
  })

  test('can be cancelled meanwhile, and is paused again where somebody lets it go on', async () => {
    const { id, workWithout, without } = await begin()
    await passMinute(id)
    await workWithout()
    await resumeBulkMute(without, stage.actor, { bulkId: id })
    await workWithout()
    expect(await stage.look(id)).toMatchObject({ status: 'paused', pause: { why: 'connection_gone' } })
    const cancelled = await cancelBulkMute(without, stage.actor, { bulkId: id })
    expect(cancelled).toMatchObject({
      status: 'cancelled',
      isConnectionGone: true,
      states: { skipped: 9, sending: 3 },
    })
    await workWithout()
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'cancelled' })
  })

  test('is not sent again meanwhile, as its page says, but when the connection is back', async () => {
    stage = await startBulkStage(await freshDb())
    const { actor, context, control, db } = stage
    const ids = await stage.addAccounts(4)
    const account = ids[1] ?? ''
    await control.addFaults({ kind: 'code', api: 'setnospeaking', code: 130005, account, times: 'always' })
    const done = await stage.run(ids)
    expect(done).toMatchObject({ status: 'done', retryable: 1 })
    await control.clearFaults()
    const without = { ...context, connections: context.connections.filter(({ key }) => key !== 'sg') }
    await expect(retryBulkMute(without, actor, { bulkId: done.id })).rejects.toThrow('UNKNOWN_CONNECTION')
    const seen = await getBulkMute(without, actor, { bulkId: done.id })
    expect([seen.status, retryRefusal(seen)]).toEqual(['done', 'UNKNOWN_CONNECTION'])
    // Nobody else's is theirs to send, whether the connection is there or not.
    const other = await addActor(db, 'moderator')
    for (const one of [without, context]) {
      await expect(retryBulkMute(one, other, { bulkId: done.id })).rejects.toThrow('FORBIDDEN')
      expect(retryRefusal(await getBulkMute(one, other, { bulkId: done.id }))).toBe('FORBIDDEN')
    }
    expect(retryRefusal(await stage.look(done.id))).toBeNull()
    await retryBulkMute(context, actor, { bulkId: done.id })
    await stage.work()
    expect(await stage.look(done.id)).toMatchObject({ status: 'done', states: { applied: 4 } })
  })

  test('what a moderator paused does not go on by itself', async () => {
    const { id, workWithout } = await begin()
    await passMinute(id)
    await workWithout()
    await stage.db.update(bulkMutes).set({ pausedWhy: 'moderator' }).where(eq(bulkMutes.id, id))
    await stage.work()
    expect(await stage.look(id)).toMatchObject({ status: 'paused', pause: { why: 'moderator' } })
    // Nor where that came between the look for runs and this.
    expect(await followConnections(stage.context, [{ id, status: 'paused', connection: 'sg' }])).toEqual([])
    expect(await stage.look(id)).toMatchObject({ status: 'paused', pause: { why: 'moderator' } })
  })
})
