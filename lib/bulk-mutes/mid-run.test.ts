import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { addApiKey } from '@/lib/auth/add-api-key'
import { findActorOfKey } from '@/lib/auth/find-actor-of-key'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { apiKeys, auditHead, moderators, muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { log } from '@/lib/log'
import { concludeMany } from '@/lib/mutes/conclude-many'
import { leaseSecondsOfMany } from '@/lib/mutes/rules'
import { sendMany } from '@/lib/mutes/send-many'
import { settleDueMutes } from '@/lib/mutes/settle-due'
import { startBulkStage } from '@/lib/testing/bulk-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { reason } from '@/lib/testing/mute-world'
import { claimItems } from './claim'
import { feedBulkMute } from './feed'
import { runBulkMutes } from './run-due'
import { startBulkMute } from './start'
import { submitBulkMute } from './submit'

const held = { kind: 'delay', ms: 28_000, api: 'setnospeaking', times: 'always' } as const

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
    // At so slow a pace a process has two accounts in each of its six hands.
    const slow: Context = {
      ...context,
      provider: (key) => {
        const provider = context.provider(key)
        return { ...provider, pace: { ...provider.pace, accountMutes: { callsPerSecond: 16 } } }
      },
    }
    const ids = await stage.addAccounts(20)
    await control.addFaults(held)
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
    const working = runBulkMutes(slow, AbortSignal.timeout(60_000))
    await expect
      .poll(async () => (await control.journal()).length, { interval: 5, timeout: 60_000 })
      .toBeGreaterThan(0)
    await revoke(db, actor.id)
    await control.clearFaults()
    await control.releaseCalls()
    await working
    const { states, ...seen } = await stage.look(id)
    expect(seen).toMatchObject({ status: 'paused', pause: { why: 'author_not_allowed' } })
    expect(states.applied).toBeGreaterThan(0)
    expect(states.pending).toBe(20 - states.applied)
    expect(await control.journal()).toHaveLength(states.applied)
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
})
