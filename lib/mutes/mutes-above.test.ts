import { expect, onTestFinished, test } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { startMuteWorld } from '@/lib/testing/mute-world'
import { getGroup } from '../groups/get'
import { listAccountGroups } from './list-account-groups'
import type { PlaceKey } from './place-schemas'
import { readMuteMatrix } from './read-matrix'

describeOnBothDatabases('what silences a member beside its own mute', (freshDb) => {
  async function begin() {
    const db = await freshDb()
    const world = await startMuteWorld(db)
    onTestFinished(() => world.close())
    const actor = await addActor(db)
    const { context } = world
    /** As the page of the group asks: first for the group itself. */
    async function above(place: PlaceKey) {
      if (place.groupId !== undefined)
        await getGroup(context, actor, { connection: place.connection, groupId: place.groupId })
      const matrix = await readMuteMatrix(context, actor, place)
      return matrix.above?.map(({ scope, until }) => [scope, until])
    }
    const rowsOf = async (connection: string, userId: string) => {
      const { groups, others } = await listAccountGroups(context, actor, { connection, userId })
      return [...groups, ...others].map((row) => ({
        place: row.topicId ?? row.groupId,
        above: row.above.map(({ scope }) => scope),
        isRead: row.isRead,
      }))
    }
    return { world, control: world.emulator.control, above, rowsOf, context, actor }
  }

  test('everybody’s mute holds for members of a Tencent group and its topics, not for owner and admins', async () => {
    const { world, control, above, rowsOf, context, actor } = await begin()
    const [open, town, news] = ['@TGS#open', '@TGS#_town', '@TGS#_town@TOPIC#_news']
    const group = { owner: 'lin', members: [{ id: 'amy' }, { id: 'max', role: 'Admin' as const }] }
    await world.addGroups(
      { ...group, id: open, name: 'Open', muteAll: true },
      { ...group, id: town, name: 'Town', type: 'Community', topics: [{ id: news, name: 'News' }] },
    )
    await control.putGroup({ group: town, topics: [{ id: news, muteAll: true }] })
    await control.putMutes({ account: 'amy', allGroups: 'forever' })
    const here = { connection: 'sg', groupId: open }
    const everyone = ['everyone', 'forever']
    expect(await above({ ...here, userId: 'amy' })).toEqual([everyone, ['all_groups', 'forever']])
    expect(await above({ ...here, userId: 'lin' })).toEqual([])
    expect(await above({ ...here, userId: 'max' })).toEqual([])
    expect(await above(here)).toBeUndefined()
    await control.putMutes({ account: 'amy', allGroups: null })
    expect(await above({ connection: 'sg', groupId: town, topicId: news, userId: 'amy' })).toEqual([everyone])

    expect(await rowsOf('sg', 'amy')).toEqual([
      { place: open, above: ['everyone'], isRead: true },
      { place: town, above: [], isRead: true },
      { place: news, above: ['everyone'], isRead: true },
    ])
    expect((await rowsOf('sg', 'lin')).flatMap((row) => row.above)).toEqual([])
    expect(await getGroup(context, actor, here)).toMatchObject({ everyone: 'forever', roles: null })
    // What was known last is not taken for the end of a mute.
    await control.addFaults({ kind: 'code', code: 60010, api: 'get_group_info', times: 'always' })
    expect(await above({ ...here, userId: 'amy' })).toEqual([everyone])
    expect((await control.violations()).list).toEqual([])
  })

  test('that of roles holds for those who have them, and in ZEGO everybody’s for the owner too', async () => {
    const { control, above, rowsOf, context, actor } = await begin()
    const members = [
      { id: 'host', role: 1 },
      { id: 'dj', role: 101 },
      { id: 'guest', role: 3 },
    ]
    const room = '#room'
    await control.seed({
      zego: { users: members.map(({ id }) => ({ id })), groups: [{ id: room, members }] },
    })
    await control.putZegoGroup({ group: room, roles: { roles: [101], muted: 'forever' } })
    const here = { connection: 'zim', groupId: room }
    expect(await above({ ...here, userId: 'dj' })).toEqual([['roles', 'forever']])
    expect(await above({ ...here, userId: 'guest' })).toEqual([])
    expect(await rowsOf('zim', 'dj')).toEqual([
      { place: room, above: ['roles'], isRead: expect.any(Boolean) },
    ])
    expect(await rowsOf('zim', 'guest')).toMatchObject([{ above: [] }])
    expect(await getGroup(context, actor, here)).toMatchObject({ everyone: null, roles: { roles: [101] } })
    await control.putZegoGroup({ group: room, roles: null, everyone: 'forever' })
    expect(await above({ ...here, userId: 'host' })).toEqual([['everyone', 'forever']])
    expect(await rowsOf('zim', 'host')).toMatchObject([{ above: ['everyone'] }])
  })
})
