import { afterEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, startMuteWorld } from '@/lib/testing/mute-world'
import { getGroup } from './get'

const community = '@TGS#_@TGS#cTOWN'

describeOnBothDatabases('one group', (freshDb) => {
  let world: MuteWorld
  afterEach(async () => {
    expect((await world.emulator.control.violations()).list).toEqual([])
    await world.close()
  })

  async function begin() {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const actor = await addActor(db, 'viewer')
    const get = (groupId: string, connection = 'sg') =>
      getGroup(world.context, actor, { connection, groupId })
    return { get, control: world.emulator.control }
  }

  test('is what the provider knows now, with what can be done in it', async () => {
    const { get } = await begin()
    await world.addGroups({ id: 'g-1', name: '拉面', owner: 'lin', members: [{ id: 'bob' }] })
    expect(await get('g-1')).toMatchObject({
      group: { groupId: 'g-1', type: 'public', name: '拉面', memberCount: 2, dissolvedAt: null },
      ownerId: 'lin',
      exists: true,
      can: { canListMembers: true, hasTopics: false },
      topics: [],
      failure: null,
    })
  })

  test('a community comes with its topics, a live room says that it lists no members', async () => {
    const { get } = await begin()
    await world.addGroups(
      {
        id: community,
        type: 'Community',
        name: 'Town',
        topics: [
          { id: `${community}@TOPIC#_1`, name: 'News' },
          { id: `${community}@TOPIC#_2`, name: '' },
        ],
      },
      { id: 'live', type: 'AVChatRoom', name: 'Live' },
      { id: 'work', type: 'Private', name: 'Work' },
    )
    expect((await get(community)).topics).toEqual([
      { topicId: `${community}@TOPIC#_1`, name: 'News' },
      { topicId: `${community}@TOPIC#_2`, name: null },
    ])
    expect((await get('live')).can).toMatchObject({ canListMembers: false })
    expect((await get('work')).can).toMatchObject({ memberMute: null })
  })

  test('one that does not exist is an answer', async () => {
    const { get } = await begin()
    expect(await get('nobody')).toMatchObject({
      exists: false,
      can: null,
      failure: null,
      group: { name: null },
    })
  })

  test.each([
    ['zim', 33],
    ['sg', 49],
  ])(
    'an id that no group of the provider can have is one that does not exist (%s)',
    async (connection, bytes) => {
      const { get } = await begin()
      expect(await get('x'.repeat(bytes), connection)).toMatchObject({ exists: false, failure: null })
    },
  )

  test('while the provider cannot be asked it is what is remembered, with the failure', async () => {
    const { get, control } = await begin()
    await world.addGroups({ id: 'g-1', name: 'Raid', owner: 'lin' })
    await get('g-1')
    await control.addFaults({ kind: 'code', code: 60010, api: 'get_group_info', times: 'always' })
    expect(await get('g-1')).toMatchObject({
      group: { name: 'Raid', type: 'public', memberCount: 1 },
      ownerId: 'lin',
      exists: null,
      can: { canListMembers: true },
      failure: { connection: 'sg', kind: 'refused', providerCode: 60010 },
    })
    expect(await get('g-2')).toMatchObject({ group: { name: null, type: null }, exists: null, can: null })
  })

  test('topics that cannot be listed leave the group itself, and say why they are not there', async () => {
    const { get, control } = await begin()
    await world.addGroups({ id: community, type: 'Community', name: 'Town', topics: [] })
    await control.addFaults({ kind: 'code', code: 60010, api: 'get_topic', times: 'always' })
    expect(await get(community)).toMatchObject({
      exists: true,
      topics: [],
      failure: { connection: 'sg', kind: 'refused', providerCode: 60010 },
    })
  })

  test('a connection that is not configured is refused', async () => {
    const { get } = await begin()
    await expect(get('g-1', 'gone')).rejects.toMatchObject({ code: 'UNKNOWN_CONNECTION' })
  })
})
