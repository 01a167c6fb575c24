import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { muteCommands } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish, reason, roomWish, startMuteWorld } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { checkMuteStates } from './check-states'
import { inSeconds } from './internal'
import { liftMute } from './lift'
import { listMembers } from './list-members'
import { readMuteMatrix } from './read-matrix'
import { settleDueMutes } from './settle-due'
import { undoMute } from './undo'

const room = '#room'
const here = { connection: 'zim', groupId: room }
const month = 30 * 24 * 3_600

describeOnBothDatabases('mutes that the provider does not tell', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  async function begin() {
    const db = await freshDb()
    world = await startMuteWorld(db)
    await world.addRoom(room, 'boss', 'guest', 'other')
    const { control } = world.emulator
    const actor = await addActor(db)
    const stateOf = async (userId: string) => {
      const { states } = await readMuteMatrix(world.context, actor, { ...here, userId })
      return states[0]
    }
    const untilAtProvider = async (userId: string) =>
      (await control.zegoGroup(room)).members.find(({ id }) => id === userId)?.until
    const passed = inSeconds(-1)
    const expireLeases = () => db.update(muteCommands).set({ leaseUntil: passed, mayArriveUntil: passed })
    return { db, actor, control, stateOf, untilAtProvider, expireLeases }
  }

  test('an account has no mute everywhere, and none can be set', async () => {
    const { actor } = await begin()
    const account = { connection: 'zim', userId: 'guest' }
    expect(await readMuteMatrix(world.context, actor, account)).toMatchObject({
      states: [],
      reading: { status: 'fresh' },
    })
    const { states } = await checkMuteStates(world.context, actor, { accounts: [account] })
    expect(states).toEqual({ 'zim/guest': [] })
    const wish = muteWish('guest', { connection: 'zim' })
    await expect(applyMute(world.context, actor, wish)).rejects.toMatchObject({ code: 'CANNOT_MUTE_HERE' })
  })

  test('a mute that was carried out holds by the ledger, unverified; undone it is gone', async () => {
    const { actor, control, stateOf, untilAtProvider } = await begin()
    expect(await stateOf('guest')).toMatchObject({ until: null, isUntold: true, checkedAt: null })
    const command = await applyMute(world.context, actor, roomWish(room, 'guest'))
    expect(command).toMatchObject({ status: 'applied', verifiedAt: null, canUndo: true })
    const after = command.changes[0]?.after
    expect(Math.abs(Number(await untilAtProvider('guest')) - Number(after))).toBeLessThan(2_000)
    expect(await stateOf('guest')).toMatchObject({
      until: after,
      drift: null,
      isUntold: true,
      pending: null,
      cause: { id: command.id, verifiedAt: null },
    })
    const { members } = await listMembers(world.context, actor, here)
    expect(members.map(({ userId, state }) => [userId, state.until, state.isUntold])).toEqual([
      ['boss', null, true],
      ['guest', after, true],
      ['other', null, true],
    ])
    const undo = { idempotencyKey: crypto.randomUUID(), commandId: command.id }
    expect(await undoMute(world.context, actor, undo)).toMatchObject({ status: 'applied' })
    expect(await stateOf('guest')).toMatchObject({ until: null, isUntold: true })
    expect(await untilAtProvider('guest')).toBeNull()
    expect((await control.violations()).total).toBe(0)
  })

  test('the owner is refused before anything is sent where the console is an admin of the group', async () => {
    const { db, actor, control, stateOf, untilAtProvider } = await begin()
    const as = (role: number) =>
      control.putZegoGroup({ group: room, members: [{ id: 'moderation', isMember: true, role }] })
    await as(2)
    await expect(applyMute(world.context, actor, roomWish(room, 'boss'))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      options: { fields: { userId: 'owner_out_of_reach' } },
    })
    expect(await db.select().from(muteCommands)).toEqual([])
    expect((await control.calls()).map(({ api }) => api)).not.toContain('MuteGroupMembers')
    expect(await stateOf('boss')).toMatchObject({ until: null })
    expect(await applyMute(world.context, actor, roomWish(room, 'guest'))).toMatchObject({
      status: 'applied',
    })
    expect(await untilAtProvider('guest')).not.toBeNull()
  })

  test('what somebody else set can be lifted although nobody here knows of it', async () => {
    const { actor, control, untilAtProvider } = await begin()
    await control.putZegoGroup({ group: room, members: [{ id: 'guest', muted: 'forever' }] })
    expect(await untilAtProvider('guest')).toBe('forever')
    const { end: _end, ...wish } = roomWish(room, 'guest')
    expect(await liftMute(world.context, actor, wish)).toMatchObject({
      status: 'applied',
      changes: [{ scope: 'group', before: null, after: null }],
    })
    expect(await untilAtProvider('guest')).toBeNull()
  })

  test('where the provider does tell, lifting what is not there is refused', async () => {
    const { actor } = await begin()
    const wish = {
      ...here,
      idempotencyKey: crypto.randomUUID(),
      scopes: ['everyone' as const],
      basis: {},
      reason,
    }
    await expect(liftMute(world.context, actor, wish)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      options: { fields: { scopes: 'already_so' } },
    })
  })

  test.each(['drop-before', 'drop-after'] as const)(
    'an answer that was lost (%s): the same end is sent again once nothing can be on its way',
    async (kind) => {
      const { db, actor, control, stateOf, untilAtProvider, expireLeases } = await begin()
      await control.addFaults({ kind, api: 'MuteGroupMembers' })
      const command = await applyMute(world.context, actor, roomWish(room, 'guest'))
      expect(command.status).toBe('unknown')
      const sent = async () => (await control.calls()).filter(({ api }) => api === 'MuteGroupMembers').length
      await db.update(muteCommands).set({ leaseUntil: inSeconds(-1) })
      expect(await settleDueMutes(world.context)).toBe(1)
      expect(await sent()).toBe(1)
      await expireLeases()
      expect(await settleDueMutes(world.context)).toBe(0)
      expect(await sent()).toBe(2)
      const [row] = await db.select().from(muteCommands).where(eq(muteCommands.id, command.id))
      expect(row).toMatchObject({ status: 'applied', verifiedAt: null, failure: null })
      const after = command.changes[0]?.after
      expect(await stateOf('guest')).toMatchObject({ until: after, pending: null })
      expect(Math.abs(Number(await untilAtProvider('guest')) - Number(after))).toBeLessThan(2_000)
    },
  )

  test('the owner of the group is refused with the provider’s code, and nothing is left behind', async () => {
    const { actor, stateOf } = await begin()
    const command = await applyMute(world.context, actor, roomWish(room, 'boss'))
    expect(command).toMatchObject({
      status: 'rejected',
      failure: { kind: 'refused', providerCode: 660600032 },
    })
    expect(await stateOf('boss')).toMatchObject({ until: null, pending: null, isUntold: true })
  })

  test('everybody is muted with an end, which is read back and verified', async () => {
    const { actor, control } = await begin()
    const { userId: _userId, ...wish } = roomWish(room, '', { scopes: ['everyone'] })
    const command = await applyMute(world.context, actor, wish)
    expect(command).toMatchObject({ status: 'applied', verifiedAt: expect.any(Number) })
    const after = command.changes[0]?.after
    const { states } = await readMuteMatrix(world.context, actor, here)
    expect(states).toMatchObject([
      { scope: 'everyone', until: after, drift: null },
      { scope: 'roles', until: null, roles: null, drift: null },
    ])
    expect(states[0]).not.toHaveProperty('isUntold')
    expect(Math.abs(Number((await control.zegoGroup(room)).everyone) - Number(after))).toBeLessThan(2_000)
  })

  test('a mute beyond what the provider holds at once is sent as the longest it does', async () => {
    const { actor, untilAtProvider, stateOf } = await begin()
    const end = { kind: 'duration' as const, seconds: 2 * month }
    const { changes } = await applyMute(world.context, actor, roomWish(room, 'guest', { end }))
    const held = Number(changes[0]?.after) - month * 1_000
    expect(Math.abs(Number(await untilAtProvider('guest')) - held)).toBeLessThan(5_000)
    const { renewal, until } = (await stateOf('guest')) ?? {}
    expect(until).toBe(changes[0]?.after)
    expect(Math.abs(Number(renewal?.heldUntil) - held)).toBeLessThan(5_000)
  })
})
