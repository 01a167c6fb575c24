import { afterEach, expect, test } from 'vitest'
import { muteStates } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { place, placeWish, startGroupMutesStage } from '@/lib/testing/group-mutes-stage'
import { roomWish } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { readMuteMatrix } from './read-matrix'

describeOnBothDatabases('the matrix of one member', (freshDb) => {
  let stage: Awaited<ReturnType<typeof startGroupMutesStage>>
  afterEach(async () => {
    expect((await stage.control.violations()).list).toEqual([])
    await stage.world.close()
  })

  async function begin() {
    stage = await startGroupMutesStage(await freshDb())
    const { world, db, actor, control } = stage
    await world.addRoom('room', 'lin', 'amy')
    const read = (userId: string, groupId: string, connection = 'sg') =>
      readMuteMatrix(world.context, actor, { connection, userId, groupId })
    const rows = () => db.$count(muteStates)
    return { world, actor, control, read, rows }
  }

  test('of nobody in the group says so, on both providers, and leaves no trace', async () => {
    const { read, rows } = await begin()
    const refused = { code: 'NOT_A_MEMBER' }
    await expect(read('eve', place.group)).rejects.toMatchObject(refused)
    await expect(read('nobody-at-all', place.group)).rejects.toMatchObject(refused)
    await expect(read('nobody-at-all', 'room', 'zim')).rejects.toMatchObject(refused)
    expect(await rows()).toBe(0)
  })

  test('who is not muted leaves no trace either, and was asked about', async () => {
    const { read, rows } = await begin()
    const { states } = await read('amy', place.group)
    expect(states).toMatchObject([{ until: null, checkedAt: expect.any(Number), version: 0 }])
    const untold = await read('amy', 'room', 'zim')
    expect(untold.states).toMatchObject([{ until: null, checkedAt: null, isUntold: true }])
    expect(await rows()).toBe(0)
  })

  test('who left with a mute is still shown, so that it can be lifted', async () => {
    const { world, actor, control, read } = await begin()
    const at = { connection: 'sg', userId: 'amy', groupId: place.group }
    await applyMute(world.context, actor, placeWish(at))
    await applyMute(world.context, actor, roomWish('room', 'amy'))
    await control.putGroup({ group: place.group, members: [{ id: 'amy', isMember: false }] })
    expect((await read('amy', place.group)).states).toHaveLength(1)
    expect((await read('amy', 'room', 'zim')).states).toMatchObject([{ until: expect.any(Number) }])
  })
})
