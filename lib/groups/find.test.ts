import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { groups } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, startMuteWorld } from '@/lib/testing/mute-world'
import { findGroups } from './find'
import { rememberGroups } from './remember'
import { type FindGroupsInput, findGroupsSchema } from './schemas'
import { syncGroups } from './sync'

describeOnBothDatabases('finding groups', (freshDb) => {
  let world: MuteWorld
  afterEach(async () => {
    expect((await world.emulator.control.violations()).list).toEqual([])
    await world.close()
  })

  async function begin() {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const actor = await addActor(db, 'viewer')
    const find = (input: FindGroupsInput) => findGroups(world.context, actor, input)
    const idsOf = async (q: string) => (await find({ q })).groups.map(({ groupId }) => groupId)
    return { db, find, idsOf, control: world.emulator.control }
  }

  test('by any part of a name, in any script, folded', async () => {
    const { idsOf } = await begin()
    await world.addGroups(
      { id: 'g-noodles', name: '深夜拉面研究所 🍜' },
      { id: 'g-draw', name: 'お絵描き練習会' },
      { id: 'g-pets', name: '반려동물 사진방' },
      { id: 'g-cafe', name: 'Café LISBOA · encontros' },
    )
    await syncGroups(world.context, 'sg', async () => {})
    expect(await idsOf('拉面')).toEqual(['g-noodles'])
    expect(await idsOf('面')).toEqual(['g-noodles'])
    expect(await idsOf('🍜')).toEqual(['g-noodles'])
    expect(await idsOf('絵描き')).toEqual(['g-draw'])
    expect(await idsOf('사진')).toEqual(['g-pets'])
    expect(await idsOf('lisboa')).toEqual(['g-cafe'])
    expect(await idsOf('nothing of this')).toEqual([])
    expect((await idsOf('g-')).sort()).toEqual(['g-cafe', 'g-draw', 'g-noodles', 'g-pets'])
  })

  test('an exact id is asked at the provider at once, and known from then on', async () => {
    const { find, idsOf, control } = await begin()
    await world.addGroups({ id: '@TGS#2NEW', name: 'New', owner: 'lin', members: [{ id: 'bob' }] })
    const found = await find({ q: ' @TGS#2NEW ' })
    expect(found.groups).toEqual([
      {
        connection: { key: 'sg', name: 'Live app (Singapore)', provider: 'tencent' },
        groupId: '@TGS#2NEW',
        type: 'public',
        name: 'New',
        memberCount: 2,
        dissolvedAt: null,
      },
    ])
    expect(found.syncs).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }])
    expect((await control.calls()).map(({ api }) => api).sort()).toEqual(['QueryGroupInfo', 'get_group_info'])
    expect(await idsOf('new')).toEqual(['@TGS#2NEW'])
  })

  test('the very id comes first, then beginnings', async () => {
    const { idsOf } = await begin()
    await world.addGroups(
      { id: 'raid', name: 'B' },
      { id: 'raid-2', name: 'A' },
      { id: 'x', name: 'The raid' },
    )
    await syncGroups(world.context, 'sg', async () => {})
    const [first, second, third] = await idsOf('raid')
    expect([first, second, third]).toEqual(['raid', 'raid-2', 'x'])
  })

  test('a text that is no id, or one too long for the provider, is looked for in the directory alone', async () => {
    const { find, control } = await begin()
    expect(await find({ q: '拉面' })).toMatchObject({ groups: [], failures: [] })
    expect(await find({ q: 'x'.repeat(97) })).toMatchObject({ groups: [], failures: [] })
    expect(await find({ q: 'x'.repeat(60) })).toMatchObject({ groups: [], failures: [] })
    expect(await control.calls()).toEqual([])
  })

  test('a provider that cannot be asked is a failure beside what the directory knows', async () => {
    const { find, control } = await begin()
    await world.addGroups({ id: 'g-1', name: 'Raid' })
    await syncGroups(world.context, 'sg', async () => {})
    await control.addFaults({ kind: 'code', code: 60010, api: 'get_group_info', times: 'always' })
    const { groups: found, failures } = await find({ q: 'g-1' })
    expect(found).toMatchObject([{ groupId: 'g-1', name: 'Raid' }])
    expect(failures).toEqual([{ connection: 'sg', kind: 'refused', providerCode: 60010 }])
  })

  test('without a text the largest come first, and none that are gone; of fifty-one the first fifty', async () => {
    const { db, find } = await begin()
    const seen = Array.from({ length: 52 }, (_, index) => ({
      connection: 'sg',
      groupId: `g-${index}`,
      name: `Group ${index}`,
      memberCount: index,
    }))
    await rememberGroups(db, seen)
    await db.update(groups).set({ dissolvedAt: databaseNow }).where(eq(groups.groupId, 'g-51'))
    const first = await find({})
    expect(first.groups).toHaveLength(50)
    expect(first.groups.slice(0, 2).map(({ groupId }) => groupId)).toEqual(['g-50', 'g-49'])
    expect(first.hasMore).toBe(true)
    await db.delete(groups).where(eq(groups.groupId, 'g-0'))
    expect((await find({})).hasMore).toBe(false)
    // Whoever looks for a group that is gone is told so.
    expect((await find({ q: 'Group 51' })).groups).toMatchObject([{ dissolvedAt: expect.any(Number) }])
  })

  test('groups of connections that are not configured, or not asked about, are not shown', async () => {
    const { db, find } = await begin()
    await rememberGroups(db, [{ connection: 'gone', groupId: 'g-1', name: 'Raid' }])
    expect((await find({ q: 'raid' })).groups).toEqual([])
    await expect(find({ q: 'raid', connection: 'gone' })).rejects.toMatchObject({
      code: 'UNKNOWN_CONNECTION',
    })
  })
})

test('what is asked has bounds', () => {
  expect(findGroupsSchema.safeParse({ q: 'x'.repeat(201) }).success).toBe(false)
  expect(findGroupsSchema.safeParse({ q: 'x', limit: 5 }).success).toBe(false)
  expect(findGroupsSchema.parse({})).toEqual({ q: '' })
})
