import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import type { Context } from '@/lib/context'
import { muteChanges, muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { log } from '@/lib/log'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { type MuteWorld, muteWish } from '@/lib/testing/mute-world'
import { startSettlingStage } from '@/lib/testing/settling-stage'
import { applyMute } from './apply'
import { maxAttempts } from './settle'
import { settleDueMutes } from './settle-due'

describeOnBothDatabases('settling in further rounds', (freshDb) => {
  let world: MuteWorld
  afterEach(async () => {
    vi.restoreAllMocks()
    await world.close()
  })

  async function begin() {
    const stage = await startSettlingStage(await freshDb())
    world = stage.world
    return stage
  }

  test('a command that is given up keeps what the provider said last', async () => {
    const { db, orphan, expireLeases, statusOf, control } = await begin()
    const id = await orphan()
    await db.update(muteCommands).set({ attempts: maxAttempts - 1 })
    await control.addFaults({ kind: 'code', code: 30008, api: 'setnospeaking', times: 'always' })
    for (const open of [1, 0]) {
      await expireLeases()
      expect(await settleDueMutes(world.context)).toBe(open)
    }
    expect(await statusOf(id)).toMatchObject({
      status: 'rejected',
      failure: { kind: 'refused', providerCode: 30008 },
    })
  })

  test('a command that is given up without a word of the provider was interrupted', async () => {
    const { db, orphan, expireLeases, statusOf } = await begin()
    const id = await orphan()
    await db.update(muteCommands).set({ attempts: maxAttempts })
    await expireLeases()
    expect(await settleDueMutes(world.context)).toBe(0)
    expect(await statusOf(id)).toMatchObject({ status: 'rejected', failure: { kind: 'interrupted' } })
  })

  test('only what is sent counts as an attempt: not when the process was held up, nor when another took over', async () => {
    const { db, orphan, expireLeases, attemptsOf, control } = await begin()
    const id = await orphan()
    const sent = async () => (await control.calls()).filter(({ api }) => api === 'setnospeaking')
    let heldMs = 0
    /** A context in which `hold` happens right after the provider was read. */
    const heldUp = (hold: () => unknown): Context => ({
      ...world.context,
      clock: { now: () => Date.now() + heldMs },
      provider: (connection) => {
        const provider = world.context.provider(connection)
        const readGlobalMutes: typeof provider.readGlobalMutes = async (...asked) => {
          const answer = await provider.readGlobalMutes(...asked)
          await hold()
          return answer
        }
        return { ...provider, readGlobalMutes }
      },
    })
    await expireLeases()
    await settleDueMutes(heldUp(() => (heldMs = 6_000)))
    expect([await attemptsOf(id), await sent()]).toEqual([0, []])

    heldMs = 0
    await expireLeases()
    const another = sql`${databaseNow} + interval '20 seconds'`
    await settleDueMutes(heldUp(() => db.update(muteCommands).set({ leaseUntil: another })))
    expect([await attemptsOf(id), await sent()]).toEqual([0, []])

    await expireLeases()
    expect(await settleDueMutes(world.context)).toBe(0)
    expect([await attemptsOf(id), (await sent()).length]).toEqual([1, 1])
  })

  test('commands of a connection that is gone stay unknown, keep nobody waiting and are told of once; back, they settle', async () => {
    const { db, actor, userId, statusOf, control } = await begin()
    const warn = vi.spyOn(log, 'warn')
    const error = vi.spyOn(log, 'error')
    await control.addFaults({ kind: 'drop-after', api: 'setnospeaking' })
    const { id } = await applyMute(world.context, actor, muteWish(userId))
    const connection = `gone-${crypto.randomUUID()}`
    const [command] = await db.select().from(muteCommands).where(eq(muteCommands.id, id))
    const changes = await db.select().from(muteChanges).where(eq(muteChanges.commandId, id))
    if (!command) throw new Error('no command')
    // As many as a batch takes, and all of them before the one that can be settled.
    for (let count = 0; count < 100; count += 1) {
      const copy = { id: crypto.randomUUID(), idempotencyKey: crypto.randomUUID(), connection, leaseUntil: 0 }
      await db.insert(muteCommands).values({ ...command, ...copy })
      await db.insert(muteChanges).values(changes.map((change) => ({ ...change, commandId: copy.id })))
    }
    expect(await settleDueMutes(world.context)).toBe(0)
    expect(await settleDueMutes(world.context)).toBe(0)
    expect((await statusOf(id)).status).toBe('applied')
    expect(await db.$count(muteCommands, eq(muteCommands.status, 'unknown'))).toBe(100)
    expect(warn.mock.calls.map(([fields]) => fields)).toEqual([{ connection }])
    expect(error).not.toHaveBeenCalled()

    const back: Context = {
      ...world.context,
      connections: [...world.context.connections, { key: connection, name: 'Back', provider: 'tencent' }],
      provider: () => world.context.provider('sg'),
    }
    expect(await settleDueMutes(back)).toBe(0)
    expect(await db.$count(muteCommands, eq(muteCommands.status, 'applied'))).toBe(101)
  })

  test('after a cut answer nothing is decided while the call may still arrive, unless it is seen to have', async () => {
    const { actor, userId, statusOf, control } = await begin()
    await control.addFaults({ kind: 'drop-before', api: 'setnospeaking' })
    const { id } = await applyMute(world.context, actor, muteWish(userId))
    expect(await settleDueMutes(world.context)).toBe(1)
    expect((await statusOf(id)).status).toBe('unknown')
    await control.putMutes({ account: userId, oneToOne: 3_600, allGroups: 3_600 })
    expect(await settleDueMutes(world.context)).toBe(0)
    expect((await statusOf(id)).status).toBe('applied')
    expect((await control.calls()).filter(({ api }) => api === 'setnospeaking')).toHaveLength(1)
  })

  test('what looks overtaken is not decided either while the call may still arrive', async () => {
    const { actor, userId, statusOf, control, expireLeases } = await begin()
    await control.addFaults({ kind: 'drop-before', api: 'setnospeaking' })
    const { id } = await applyMute(world.context, actor, muteWish(userId))
    await control.putMutes({ account: userId, oneToOne: 60, allGroups: 60 })
    expect(await settleDueMutes(world.context)).toBe(1)
    expect((await statusOf(id)).status).toBe('unknown')
    await expireLeases()
    expect(await settleDueMutes(world.context)).toBe(0)
    expect(await statusOf(id)).toMatchObject({ status: 'rejected', failure: { kind: 'overtaken' } })
  })

  test('what an instance before 0004 has written may still arrive: it names no time', async () => {
    const { db, orphan, statusOf, control } = await begin()
    const id = await orphan()
    const [command] = await db.select().from(muteCommands)
    if (!command) throw new Error('no command')
    const { mayArriveUntil: _, ...known } = command
    const old = { ...known, id: crypto.randomUUID(), idempotencyKey: crypto.randomUUID(), leaseUntil: 0 }
    await db.insert(muteCommands).values(old)
    const changes = await db.select().from(muteChanges).where(eq(muteChanges.commandId, id))
    await db.insert(muteChanges).values(changes.map((change) => ({ ...change, commandId: old.id })))
    expect(await settleDueMutes(world.context)).toBe(2)
    expect((await statusOf(old.id)).status).toBe('requested')
    expect((await control.calls()).filter(({ api }) => api === 'setnospeaking')).toHaveLength(0)
  })

  test('what surely did not arrive is sent again without that wait', async () => {
    const { db, orphan, expireLeases, statusOf, control } = await begin()
    const id = await orphan()
    await expireLeases()
    await control.addFaults({ kind: 'code', code: 30008, api: 'setnospeaking', times: 'always' })
    expect(await settleDueMutes(world.context)).toBe(1)
    await control.clearFaults()
    await db.update(muteCommands).set({ leaseUntil: 0 })
    expect(await settleDueMutes(world.context)).toBe(0)
    expect((await statusOf(id)).status).toBe('applied')
  })
})
