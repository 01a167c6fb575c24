import { afterEach, expect, test } from 'vitest'
import { auditEvents } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish, startMuteWorld } from '@/lib/testing/mute-world'
import { acceptDrift } from './accept-drift'
import { applyMute } from './apply'
import { readMuteMatrix } from './read-matrix'
import { reapplyMute } from './reapply'
import type { MuteScope } from './schemas'

describeOnBothDatabases('drift', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  async function begin() {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const actor = await addActor(db)
    const userId = await world.addAccount()
    const matrix = () => readMuteMatrix(world.context, actor, { connection: 'sg', userId })
    const state = async (scope: MuteScope) => (await matrix()).states.find((one) => one.scope === scope)
    return { db, actor, userId, matrix, state, control: world.emulator.control }
  }

  test('a mute set elsewhere shows as such, and accepting it makes it the ledger’s', async () => {
    const { db, actor, userId, state, control } = await begin()
    await control.putMutes({ account: userId, oneToOne: 3_600 })
    expect(await state('one_to_one')).toMatchObject({
      drift: 'set_outside',
      ledgerUntil: null,
      cause: null,
      version: 0,
    })
    await acceptDrift(world.context, actor, { connection: 'sg', userId, scope: 'one_to_one', version: 0 })
    expect(await state('one_to_one')).toMatchObject({
      drift: null,
      cause: null,
      version: 1,
      until: expect.any(Number),
    })
    const [event] = await db.select().from(auditEvents)
    expect(event).toMatchObject({
      type: 'mute.drift_accepted',
      actorId: actor.id,
      data: { drift: 'set_outside' },
    })
    expect((await control.journal()).filter(({ source }) => source === 'api')).toHaveLength(0)
  })

  test('a mute lifted elsewhere shows as such, and re-applying sets the same end again', async () => {
    const { actor, userId, state, control } = await begin()
    const mute = await applyMute(world.context, actor, muteWish(userId))
    await control.putMutes({ account: userId, allGroups: null })
    const drifted = await state('all_groups')
    expect(drifted).toMatchObject({
      drift: 'lifted_outside',
      until: null,
      endedAt: null,
      ledgerUntil: mute.changes[0]?.after,
    })
    const command = await reapplyMute(world.context, actor, {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userId,
      scope: 'all_groups',
      basis: { all_groups: 1 },
    })
    expect(command).toMatchObject({ kind: 'reapply', status: 'applied', reason: mute.reason })
    expect(await state('all_groups')).toMatchObject({
      drift: null,
      until: mute.changes[0]?.after,
      version: 2,
    })
    expect(await state('one_to_one')).toMatchObject({ drift: null, version: 1 })
  })

  test('another end shows as such, with both', async () => {
    const { actor, userId, state, control } = await begin()
    await applyMute(world.context, actor, muteWish(userId))
    await control.putMutes({ account: userId, oneToOne: 'forever' })
    expect(await state('one_to_one')).toMatchObject({
      drift: 'different_end',
      until: 'forever',
      ledgerUntil: expect.any(Number),
    })
    expect(await state('all_groups')).toMatchObject({ drift: null })
  })

  test('re-applying where the ledger has no mute lifts what was set elsewhere', async () => {
    const { actor, userId, state, control } = await begin()
    await control.putMutes({ account: userId, oneToOne: 'forever' })
    await state('one_to_one')
    const wish = {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userId,
      scope: 'one_to_one' as const,
      basis: {},
    }
    await reapplyMute(world.context, actor, wish)
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: null })
  })

  test('accepting or re-applying without a difference, or on an older state, is refused', async () => {
    const { actor, userId, state, control } = await begin()
    const accept = { connection: 'sg', userId, scope: 'one_to_one' as const, version: 0 }
    await expect(acceptDrift(world.context, actor, accept)).rejects.toMatchObject({ code: 'MUTE_CHANGED' })
    const wish = {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userId,
      scope: 'one_to_one' as const,
      basis: {},
    }
    await expect(reapplyMute(world.context, actor, wish)).rejects.toMatchObject({ code: 'MUTE_CHANGED' })
    await control.putMutes({ account: userId, oneToOne: 60 })
    await state('one_to_one')
    const stale = acceptDrift(world.context, actor, { ...accept, version: 7 })
    await expect(stale).rejects.toMatchObject({ code: 'MUTE_CHANGED' })
  })

  test('who may only look may neither accept nor re-apply', async () => {
    const { db, userId } = await begin()
    const viewer = await addActor(db, 'viewer')
    const accept = acceptDrift(world.context, viewer, {
      connection: 'sg',
      userId,
      scope: 'one_to_one',
      version: 0,
    })
    await expect(accept).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const wish = {
      idempotencyKey: crypto.randomUUID(),
      connection: 'sg',
      userId,
      scope: 'one_to_one' as const,
      basis: {},
    }
    await expect(reapplyMute(world.context, viewer, wish)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('a provider that does not answer leaves what was known, and says so', async () => {
    const { actor, userId, matrix, control } = await begin()
    await applyMute(world.context, actor, muteWish(userId))
    await control.addFaults({ kind: 'code', code: 60010, api: 'getnospeaking', times: 'always' })
    const { reading, states } = await matrix()
    expect(reading).toEqual({ status: 'failed', failure: { kind: 'refused', providerCode: 60010 } })
    expect(states[0]).toMatchObject({ until: expect.any(Number), drift: null, checkedAt: expect.any(Number) })
  })

  test('a mute that ran out tells when it ended and is no drift', async () => {
    const { actor, userId, control } = await begin()
    const mute = await applyMute(world.context, actor, muteWish(userId))
    const end = Number(mute.changes[0]?.after)
    await control.advanceClock(3_601, 'mutes')
    const later = { ...world.context, clock: { now: () => end + 1 } }
    const { states } = await readMuteMatrix(later, actor, { connection: 'sg', userId })
    for (const state of states) expect(state).toMatchObject({ until: null, drift: null, endedAt: end })
  })

  test('a reading that was asked for before the ledger changed says nothing', async () => {
    const { actor, userId, control, state } = await begin()
    await control.addFaults({ kind: 'delay', ms: 25_000, api: 'getnospeaking' })
    const early = readMuteMatrix(world.context, actor, { connection: 'sg', userId })
    await expect.poll(async () => (await control.faults()).length).toBe(0)
    await applyMute(world.context, actor, muteWish(userId))
    await control.releaseCalls()
    await early
    expect(await state('one_to_one')).toMatchObject({ drift: null, until: expect.any(Number) })
  })
})
