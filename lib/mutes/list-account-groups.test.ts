import { afterEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, muteWish, roomWish, startMuteWorld } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { listAccountGroups } from './list-account-groups'
import { maxAccountGroups } from './rules'

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
})
