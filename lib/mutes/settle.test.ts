import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { auditEvents, muteCommands } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish } from '@/lib/testing/mute-world'
import { startSettlingStage } from '@/lib/testing/settling-stage'
import { applyMute } from './apply'
import { readMuteMatrix } from './read-matrix'
import { sendCommand } from './run'
import { settleMute } from './settle'
import { settleDueMutes } from './settle-due'

describeOnBothDatabases('settling', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  async function begin() {
    const stage = await startSettlingStage(await freshDb())
    world = stage.world
    return stage
  }

  test('an answer that was lost after the mute was applied: read back, applied, sent once', async () => {
    const { actor, userId, control, statusOf } = await begin()
    await control.addFaults({ kind: 'drop-after', api: 'setnospeaking' })
    const { id } = await applyMute(world.context, actor, muteWish(userId))
    expect(await settleDueMutes(world.context)).toBe(0)
    expect(await statusOf(id)).toEqual({ status: 'applied', failure: null, isVerified: true })
    expect(await control.journal()).toHaveLength(1)
  })

  test('an answer that was lost before the mute was applied: sent again, with the same end', async () => {
    const { actor, userId, control, statusOf, expireLeases } = await begin()
    await control.addFaults({ kind: 'drop-before', api: 'setnospeaking' })
    const command = await applyMute(world.context, actor, muteWish(userId))
    expect(command.status).toBe('unknown')
    await expireLeases()
    expect(await settleDueMutes(world.context)).toBe(0)
    expect(await statusOf(command.id)).toEqual({ status: 'applied', failure: null, isVerified: true })
    const journal = await control.journal()
    expect(journal).toHaveLength(1)
    expect(
      Math.abs(Number(journal[0]?.changes.oneToOne?.after) - Number(command.changes[0]?.after)),
    ).toBeLessThan(2_000)
  })

  test('a command whose process died before it was sent is sent when its lease has ended, not before', async () => {
    const { orphan, expireLeases, statusOf, control } = await begin()
    const id = await orphan()
    expect(await settleDueMutes(world.context)).toBe(1)
    expect(await control.calls()).toHaveLength(0)
    await expireLeases()
    expect(await settleDueMutes(world.context)).toBe(0)
    expect(await statusOf(id)).toMatchObject({ status: 'applied', isVerified: true })
    expect(await control.journal()).toHaveLength(1)
  })

  test('an account that the provider is slow about does not keep the others waiting', async () => {
    const { db, actor, orphan, expireLeases, statusOf, userId, control } = await begin()
    const slow = await orphan()
    const other = await world.addAccount()
    await control.addFaults({ kind: 'drop-after', api: 'setnospeaking', account: other })
    const { id } = await applyMute(world.context, actor, muteWish(other))
    await expireLeases()
    await db.update(muteCommands).set({ leaseUntil: 0 }).where(eq(muteCommands.id, slow))
    await control.addFaults({ kind: 'delay', ms: 25_000, api: 'getnospeaking', account: userId })
    const settling = settleDueMutes(world.context)
    await expect.poll(async () => (await statusOf(id)).status).toBe('applied')
    expect((await statusOf(slow)).status).toBe('requested')
    await control.releaseCalls()
    await settling
    expect((await statusOf(slow)).status).toBe('applied')
  })

  test('a process that was held up since it took the account sends nothing: the settling job may have been there', async () => {
    const { orphan, actor, statusOf, control } = await begin()
    const id = await orphan()
    const by = { actorId: actor.id, actorName: actor.name }
    await sendCommand(world.context, id, { ...by, takenAt: Date.now() - 6_000 })
    expect(await control.calls()).toHaveLength(0)
    expect((await statusOf(id)).status).toBe('requested')
    await sendCommand(world.context, id, { ...by, takenAt: Date.now() })
    expect((await statusOf(id)).status).toBe('applied')
  })

  test('a settling job whose lease would end before its call is cut off sends nothing', async () => {
    const { db, orphan, statusOf, control } = await begin()
    const id = await orphan()
    const sendUnder = async (seconds: number) => {
      const leaseUntil = Date.now() + seconds * 1_000
      await db.update(muteCommands).set({ leaseUntil })
      const by = { actorId: null, actorName: 'system', takenAt: Date.now(), leaseUntil }
      await sendCommand(world.context, id, by)
    }
    await sendUnder(9)
    expect(await control.calls()).toEqual([])
    await sendUnder(15)
    expect((await statusOf(id)).status).toBe('applied')
  })

  test('several instances that settle at once send once', async () => {
    const { orphan, expireLeases, control } = await begin()
    await orphan()
    await expireLeases()
    await Promise.all([1, 2, 3, 4].map(() => settleDueMutes(world.context)))
    expect(await control.journal()).toHaveLength(1)
  })

  test.each([4, 12])('a call that arrived %i s late has put the end later: it is set right', async (late) => {
    const { orphan, expireLeases, statusOf, userId, control } = await begin()
    const until = Date.now() + 3_600_000
    const id = await orphan(until)
    await control.putMutes({ account: userId, oneToOne: 3_600 + late, allGroups: 3_600 + late })
    await expireLeases()
    await settleDueMutes(world.context)
    expect(await statusOf(id)).toMatchObject({ status: 'applied', isVerified: true })
    const { oneToOne, allGroups } = await control.mutes(userId)
    for (const end of [oneToOne, allGroups]) expect(Math.abs(Number(end) - until)).toBeLessThan(2_000)
  })

  test('a mute changed elsewhere in between is not overwritten', async () => {
    const { orphan, expireLeases, statusOf, userId, control } = await begin()
    const id = await orphan()
    await control.putMutes({ account: userId, oneToOne: 60, allGroups: 60 })
    await expireLeases()
    await settleDueMutes(world.context)
    expect(await statusOf(id)).toMatchObject({ status: 'rejected', failure: { kind: 'overtaken' } })
    expect((await control.journal()).filter(({ source }) => source === 'api')).toHaveLength(0)
  })

  test('a mute whose end passed before anybody could tell whether it took effect is given up as too late', async () => {
    const { orphan, expireLeases, statusOf, control } = await begin()
    const id = await orphan(Date.now() + 60_000)
    await expireLeases()
    const later = { ...world.context, clock: { now: () => Date.now() + 61_000 } }
    await control.advanceClock(61, 'mutes')
    await settleDueMutes(later)
    expect(await statusOf(id)).toMatchObject({ status: 'rejected', failure: { kind: 'too_late' } })
    expect(await control.journal()).toHaveLength(0)
  })

  test('while the provider cannot be read the outcome stays unknown, and the next round settles it', async () => {
    const { actor, userId, control, statusOf, expireLeases } = await begin()
    await control.addFaults({ kind: 'drop-after', api: 'setnospeaking' })
    const { id } = await applyMute(world.context, actor, muteWish(userId))
    await control.addFaults({ kind: 'code', code: 60010, api: 'getnospeaking', times: 'always' })
    expect(await settleDueMutes(world.context)).toBe(1)
    expect((await statusOf(id)).status).toBe('unknown')
    await control.clearFaults()
    await expireLeases()
    expect(await settleDueMutes(world.context)).toBe(0)
    expect((await statusOf(id)).status).toBe('applied')
  })

  test('the outcome is on record as the system’s, and frees the account for the next command', async () => {
    const { db, actor, userId, control } = await begin()
    await control.addFaults({ kind: 'drop-after', api: 'setnospeaking' })
    const { id } = await applyMute(world.context, actor, muteWish(userId))
    await settleDueMutes(world.context)
    const events = await db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.commandId, id))
      .orderBy(auditEvents.seq)
    expect(events.map(({ type, actorName }) => [type, actorName])).toEqual([
      ['mute.requested', actor.name],
      ['mute.unknown', actor.name],
      ['mute.applied', 'system'],
    ])
    const { states } = await readMuteMatrix(world.context, actor, { connection: 'sg', userId })
    expect(states.map(({ pending, version }) => ({ pending, version }))).toEqual([
      { pending: null, version: 1 },
      { pending: null, version: 1 },
    ])
  })

  test('checked now while its process is still at it, it is left to that', async () => {
    const { actor, orphan, statusOf, control } = await begin()
    const id = await orphan()
    await settleMute(world.context, actor, { commandId: id })
    expect((await statusOf(id)).status).toBe('requested')
    expect(await control.calls()).toEqual([])
  })

  test('a moderator may have it checked now; who may only look may not', async () => {
    const { db, actor, userId, control } = await begin()
    await control.addFaults({ kind: 'drop-after', api: 'setnospeaking' })
    const { id } = await applyMute(world.context, actor, muteWish(userId))
    const viewer = await addActor(db, 'viewer')
    await expect(settleMute(world.context, viewer, { commandId: id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await settleMute(world.context, actor, { commandId: id })).toMatchObject({ status: 'applied' })
  })
})
