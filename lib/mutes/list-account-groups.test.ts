import { afterEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish, roomWish, startMuteWorld } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { listAccountGroups } from './list-account-groups'
import { maxAccountGroups, maxReadPlaces } from './rules'

describeOnBothDatabases('the groups of an account', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  async function begin() {
    const db = await freshDb()
    world = await startMuteWorld(db)
    return { actor: await addActor(db), control: world.emulator.control }
  }
  const key = { connection: 'zim', userId: 'guest' }

  test('where it is muted comes first; elsewhere nothing is known of a mute', async () => {
    const { actor } = await begin()
    for (const id of ['#a', '#b', '#c']) await world.addRoom(id, 'boss', 'guest')
    await world.addRoom('#not', 'boss')
    const { changes } = await applyMute(world.context, actor, roomWish('#b', 'guest'))
    // What holds for others is theirs.
    await applyMute(world.context, actor, roomWish('#b', 'boss')).catch(() => {})
    const { groups, hasMore } = await listAccountGroups(world.context, actor, key)
    expect(hasMore).toBe(false)
    expect(groups.map(({ groupId, type, state }) => [groupId, type, state.until, state.isUntold])).toEqual([
      ['#b', 'zim', changes[0]?.after, true],
      ['#a', 'zim', null, true],
      ['#c', 'zim', null, true],
    ])
  })

  test('in Tencent’s groups too, where the provider tells', async () => {
    const { actor, control } = await begin()
    const userId = await world.addAccount()
    await control.seed({
      groups: [
        { id: '@TGS#1', type: 'Public', name: 'First', members: [{ id: userId }] },
        { id: '@TGS#2', type: 'Public', name: 'Second', members: [{ id: userId }] },
      ],
    })
    await applyMute(world.context, actor, muteWish(userId, { groupId: '@TGS#2', scopes: ['group'] }))
    const { groups } = await listAccountGroups(world.context, actor, { connection: 'sg', userId })
    expect(groups).toMatchObject([
      { groupId: '@TGS#2', name: 'Second', type: 'public', state: { until: expect.any(Number) } },
      { groupId: '@TGS#1', name: 'First', state: { until: null } },
    ])
    expect(groups[0]?.state).not.toHaveProperty('isUntold')
  })

  test('all pages are read, up to the number that is shown', async () => {
    const { actor, control } = await begin()
    const ids = Array.from({ length: maxAccountGroups + 1 }, (_, index) => `#${index}`)
    const members = [{ id: 'guest', role: 3 }]
    await control.seed({ zego: { users: [{ id: 'guest' }], groups: ids.map((id) => ({ id, members })) } })
    const many = await listAccountGroups(world.context, actor, key)
    expect(new Set(many.groups.map(({ groupId }) => groupId)).size).toBe(maxAccountGroups)
    expect(many.hasMore).toBe(true)
    expect((await control.violations()).total).toBe(0)
  })

  test('an account in no group, a connection that is not there, a provider that refuses', async () => {
    const { actor, control } = await begin()
    await control.seed({ zego: { users: [{ id: 'guest' }] } })
    expect(await listAccountGroups(world.context, actor, key)).toMatchObject({ groups: [], hasMore: false })
    await expect(
      listAccountGroups(world.context, actor, { connection: 'none', userId: 'guest' }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_CONNECTION' })
    await control.addFaults({ kind: 'code', code: 660500002, api: 'QueryGroupsInfoOfUser' })
    expect(await listAccountGroups(world.context, actor, key)).toMatchObject({
      groups: [],
      failure: { kind: 'refused', providerCode: 660500002 },
    })
  })

  test('what was changed elsewhere is read where the provider tells; what does not answer is as last known', async () => {
    const { actor, control } = await begin()
    const userId = await world.addAccount()
    const groups = ['@TGS#1', '@TGS#2', '@TGS#3'].map((id) => ({ id, name: id, members: [{ id: userId }] }))
    await world.addGroups(...groups)
    await control.putGroup({ group: '@TGS#2', members: [{ id: userId, muted: 600 }] })
    await control.addFaults({ kind: 'code', code: 10007, api: 'get_group_muted_account', group: '@TGS#3' })
    const list = await listAccountGroups(world.context, actor, { connection: 'sg', userId })
    expect(list.groups).toMatchObject([
      { groupId: '@TGS#2', isRead: true, state: { until: expect.any(Number), drift: 'set_outside' } },
      { groupId: '@TGS#1', isRead: true, state: { until: null, checkedAt: expect.any(Number) } },
      { groupId: '@TGS#3', isRead: false, state: { until: null, checkedAt: null } },
    ])
    // The ledger takes part: who looks elsewhere sees it too.
    await control.addFaults({ kind: 'code', code: 10007, api: 'get_joined_group_list' })
    expect(await listAccountGroups(world.context, actor, { connection: 'sg', userId })).toMatchObject({
      groups: [],
      others: [{ groupId: '@TGS#2', isRead: false, state: { drift: 'set_outside' } }],
      failure: { kind: 'refused' },
    })
  })

  test('mutes in topics, and in groups that are not listed any more, stand beside the groups', async () => {
    const { actor, control } = await begin()
    const userId = await world.addAccount()
    const [community, left] = ['@TGS#_c', '@TGS#left']
    const [ours, theirs] = [`${community}@TOPIC#_a`, `${community}@TOPIC#_b`]
    const key = { connection: 'sg', userId }
    const members = [{ id: userId }]
    await world.addGroups(
      {
        ...{ id: community, type: 'Community', name: 'Town', members },
        topics: [
          { id: ours, name: 'News' },
          { id: theirs, name: 'Trade' },
        ],
      },
      { id: left, name: 'Left', members },
    )
    const inTopic = { groupId: community, topicId: ours, scopes: ['topic' as const] }
    await applyMute(world.context, actor, muteWish(userId, inTopic))
    await applyMute(world.context, actor, muteWish(userId, { groupId: left, scopes: ['group'] }))
    await control.putGroup({ group: left, members: [{ id: userId, isMember: false }] })
    await control.putGroup({
      group: community,
      topics: [{ id: theirs, members: [{ id: userId, muted: 600 }] }],
    })
    const list = await listAccountGroups(world.context, actor, key)
    expect(list.groups).toMatchObject([
      { groupId: community, topicId: null, isRead: true, state: { until: null } },
    ])
    const until = expect.any(Number)
    expect(list.others).toMatchObject([
      { topicId: ours, name: 'News', type: 'community', isRead: true, state: { scope: 'topic', until } },
      { groupId: left, topicId: null, isRead: true, state: { scope: 'group', until, drift: null } },
      { topicId: theirs, name: 'Trade', isRead: true, state: { until, drift: 'set_outside' } },
    ])
    // Nobody knows what holds in topics that could not be listed.
    await control.addFaults({ kind: 'code', code: 10007, api: 'get_topic' })
    const { groups } = await listAccountGroups(world.context, actor, key)
    expect(groups).toMatchObject([{ groupId: community, isRead: false }])
  })

  test('mutes of everybody that were set or lifted elsewhere are read with the groups, in one call where one tells of many', async () => {
    const { actor, control } = await begin()
    const userId = await world.addAccount()
    const [community, topic] = ['@TGS#_c', '@TGS#_c@TOPIC#_a']
    const members = [{ id: userId }]
    await world.addGroups(
      { id: '@TGS#1', name: 'First', members, muteAll: true },
      { id: '@TGS#2', name: 'Second', members },
      {
        id: community,
        type: 'Community',
        name: 'Town',
        members,
        topics: [{ id: topic, name: 'News', muteAll: true }],
      },
    )
    const aboveNow = async (account: { connection: string; userId: string }) => {
      const { groups, others } = await listAccountGroups(world.context, actor, account)
      return Object.fromEntries(
        [...groups, ...others].map(({ groupId, topicId, above }) => [topicId ?? groupId, above]),
      )
    }
    const held = [{ scope: 'everyone', until: 'forever', checkedAt: expect.any(Number) }]
    const sg = { connection: 'sg', userId }
    expect(await aboveNow(sg)).toEqual({ '@TGS#1': held, '@TGS#2': [], [community]: [], [topic]: held })
    expect((await control.calls()).filter(({ api }) => api === 'get_group_info')).toHaveLength(1)
    await control.putGroup({ group: '@TGS#1', muteAll: false })
    await control.putGroup({ group: community, topics: [{ id: topic, muteAll: false }] })
    expect(await aboveNow(sg)).toMatchObject({ '@TGS#1': [] })

    await world.addRoom('#a', 'boss', 'guest')
    await world.addRoom('#b', 'boss', 'guest')
    const wish = roomWish('#a', 'guest')
    await applyMute(world.context, actor, { ...wish, userId: undefined, scopes: ['everyone'] })
    expect(await aboveNow(key)).toMatchObject({ '#a': [{ scope: 'everyone' }], '#b': [] })
    await control.putZegoGroup({ group: '#a', everyone: null })
    expect(await aboveNow(key)).toEqual({ '#a': [], '#b': [] })
  })

  test('no look costs more than thirty readings, and those with a known mute come first', async () => {
    const { actor, control } = await begin()
    const userId = await world.addAccount()
    const ids = Array.from({ length: maxReadPlaces + 1 }, (_, index) => `@TGS#${100 + index}`)
    await world.addGroups(...ids.map((id) => ({ id, name: id, members: [{ id: userId }] })))
    const last = ids.at(-1) ?? ''
    await applyMute(world.context, actor, muteWish(userId, { groupId: last, scopes: ['group'] }))
    const { groups } = await listAccountGroups(world.context, actor, { connection: 'sg', userId })
    expect(groups.filter(({ isRead }) => isRead)).toHaveLength(maxReadPlaces)
    expect(groups[0]).toMatchObject({ groupId: last, isRead: true })
    expect((await control.violations()).total).toBe(0)
  })
})
