import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { auditEvents } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish, reason, startMuteWorld } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { liftMute } from './lift'
import { readMuteMatrix } from './read-matrix'
import { endToleranceMs } from './rules'
import type { UndoMuteInput } from './schemas'
import { undoMute } from './undo'

describeOnBothDatabases('undoing and lifting', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  async function begin(mutes: Parameters<MuteWorld['addAccount']>[0] = {}) {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const actor = await addActor(db)
    const userId = await world.addAccount(mutes)
    return { db, actor, userId, control: world.emulator.control }
  }
  const undo = (commandId: string): UndoMuteInput => ({ idempotencyKey: crypto.randomUUID(), commandId })
  const near = (end: number) => ({
    asymmetricMatch: (x: unknown) => typeof x === 'number' && Math.abs(x - end) < 2_500,
  })
  const lift = (userId: string, version: number) => ({
    idempotencyKey: crypto.randomUUID(),
    connection: 'sg',
    userId,
    scopes: ['one_to_one', 'all_groups'] as ('one_to_one' | 'all_groups')[],
    basis: { one_to_one: version, all_groups: version },
    reason,
  })

  test('undo gives back the mute that was there, with the end that it had', async () => {
    const { actor, userId, control } = await begin({ oneToOne: 10_800 })
    const threeHours = Date.now() + 10_800_000
    const week = await applyMute(
      world.context,
      actor,
      muteWish(userId, { end: { kind: 'duration', seconds: 604_800 } }),
    )
    const undone = await undoMute(world.context, actor, undo(week.id))
    expect(undone).toMatchObject({ kind: 'undo', status: 'applied', undoOf: week.id, reason: week.reason })
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: near(threeHours), allGroups: null })
    await expect(undoMute(world.context, actor, undo(week.id))).rejects.toMatchObject({
      code: 'MUTE_CHANGED',
    })
  })

  test('undo of a lift gives back a mute for ever', async () => {
    const { actor, userId, control } = await begin({ oneToOne: 'forever', allGroups: 'forever' })
    const lifted = await liftMute(world.context, actor, lift(userId, 0))
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: null, allGroups: null })
    await undoMute(world.context, actor, undo(lifted.id))
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: 'forever', allGroups: 'forever' })
  })

  test('whoever may not mute for ever may not undo into it', async () => {
    const { db, userId, actor } = await begin({ oneToOne: 'forever' })
    const lifted = await liftMute(world.context, actor, lift(userId, 0))
    const undoing = undoMute(world.context, await addActor(db, 'support'), undo(lifted.id))
    await expect(undoing).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('if a colleague changed it since, it says who and when, and does nothing', async () => {
    const { db, actor, userId, control } = await begin()
    const mine = await applyMute(world.context, actor, muteWish(userId))
    const basis = { one_to_one: 1, all_groups: 1 }
    const longer = muteWish(userId, { end: { kind: 'duration', seconds: 86_400 }, basis })
    const theirs = await applyMute(world.context, await addActor(db, 'lead'), longer)
    await expect(undoMute(world.context, actor, undo(mine.id))).rejects.toMatchObject({
      code: 'MUTE_CHANGED',
      options: { details: { by: 'The lead', at: theirs.requestedAt } },
    })
    expect(await control.journal()).toHaveLength(2)
  })

  test('if it was changed outside this console, it does nothing', async () => {
    const { actor, userId, control } = await begin()
    const mine = await applyMute(world.context, actor, muteWish(userId))
    await control.putMutes({ account: userId, oneToOne: 60, allGroups: null })
    await expect(undoMute(world.context, actor, undo(mine.id))).rejects.toMatchObject({
      code: 'MUTE_CHANGED',
    })
    expect((await control.journal()).filter(({ source }) => source === 'api')).toHaveLength(1)
  })

  test('two who undo the same command undo it once', async () => {
    const { db, actor, userId, control } = await begin()
    const mine = await applyMute(world.context, actor, muteWish(userId))
    const results = await Promise.allSettled([
      undoMute(world.context, actor, undo(mine.id)),
      undoMute(world.context, await addActor(db, 'lead'), undo(mine.id)),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await control.journal()).toHaveLength(2)
  })

  test('a command that never took effect cannot be undone; one that is not there is not found', async () => {
    const { actor, userId, control } = await begin()
    await control.addFaults({ kind: 'code', code: 60010, api: 'setnospeaking' })
    const rejected = await applyMute(world.context, actor, muteWish(userId))
    await expect(undoMute(world.context, actor, undo(rejected.id))).rejects.toMatchObject({
      code: 'NOT_UNDOABLE',
    })
    const missing = undoMute(world.context, actor, undo(crypto.randomUUID()))
    await expect(missing).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a lift ends both mutes at once and is on record', async () => {
    const { db, actor, userId, control } = await begin({ oneToOne: 3_600, allGroups: 'forever' })
    const command = await liftMute(world.context, actor, lift(userId, 0))
    expect(command.changes).toContainEqual({ scope: 'all_groups', before: 'forever', after: null })
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: null, allGroups: null })
    const events = await db.select().from(auditEvents).where(eq(auditEvents.commandId, command.id))
    expect(events.map(({ type }) => type).sort()).toEqual(['mute.applied', 'mute.requested'])
    const { states } = await readMuteMatrix(world.context, actor, { connection: 'sg', userId })
    expect(states.map(({ until, drift }) => ({ until, drift }))).toEqual([
      { until: null, drift: null },
      { until: null, drift: null },
    ])
  })

  test('lifting what is not muted, and lifting without the right, is refused', async () => {
    const { db, actor, userId } = await begin()
    await expect(liftMute(world.context, actor, lift(userId, 0))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      options: { fields: { scopes: 'already_so' } },
    })
    const viewer = await addActor(db, 'viewer')
    await expect(liftMute(world.context, viewer, lift(userId, 0))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test('undoing a mute whose earlier mute has ended meanwhile lifts it', async () => {
    const { actor, userId, control } = await begin({ oneToOne: Math.ceil(endToleranceMs / 1_000) + 2 })
    const mine = await applyMute(world.context, actor, muteWish(userId))
    const end = mine.changes.find(({ scope }) => scope === 'one_to_one')?.before
    expect(end).toEqual(expect.any(Number))
    const later = { ...world.context, clock: { now: () => Number(end) + 1 } }
    await undoMute(later, actor, undo(mine.id))
    expect(await control.mutes(userId)).toMatchObject({ oneToOne: null, allGroups: null })
  })
})
