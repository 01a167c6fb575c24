import { and, eq, sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { groups, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { syncGroups } from '@/lib/groups/sync'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { place, placeWish, startGroupMutesStage } from '@/lib/testing/group-mutes-stage'
import { applyMute } from './apply'
import { findMutedMembers, searchesPerRound, topicsPerSearch } from './find-muted-members'
import { listMutesInForce } from './list-in-force'
import { noteGroups } from './note-groups'

describeOnBothDatabases('mutes of members that were set elsewhere', (freshDb) => {
  async function begin() {
    const stage = await startGroupMutesStage(await freshDb())
    const { world, db, control } = stage
    const { context } = world
    onTestFinished(async () => {
      expect((await control.violations()).list).toEqual([])
      await world.close()
    })
    const list = () => syncGroups(context, 'sg', (news) => noteGroups(context, news))
    expect(await list()).toBe('done')
    const inForce = async () => {
      const { mutes } = await listMutesInForce(context, stage.actor, {})
      return mutes.map(({ userId, groupId, topicId, drift }) => [userId, topicId ?? groupId, drift]).sort()
    }
    const asked = async () => (await control.calls()).filter(({ api }) => api === 'get_group_muted_account')
    const searchedAgo = (interval: string) =>
      db.update(groups).set({ searchedAt: sql`${databaseNow} - ${interval}::interval` })
    return { ...stage, context, inForce, asked, searchedAgo }
  }

  test('are found in groups and topics of which the ledger knows nothing, and leave no trace of those who are free', async () => {
    const { db, context, control, inForce, asked } = await begin()
    const muted = [{ id: 'amy', muted: 600 }]
    await control.putGroup({ group: place.group, members: muted })
    await control.putGroup({ group: place.live, members: [{ id: 'eve', isMember: true, muted: 600 }] })
    await control.putGroup({
      group: place.community,
      topics: [
        { id: place.news, members: muted },
        { id: place.talk, muteAll: true },
      ],
    })
    // Not the group of a type in which members cannot be muted.
    expect(await findMutedMembers(context)).toBe(3)
    const found = [
      ['', place.talk, 'set_outside'],
      ['amy', place.group, 'set_outside'],
      ['amy', place.news, 'set_outside'],
      ['eve', place.live, 'set_outside'],
    ]
    expect(await inForce()).toEqual(found.sort())
    expect(await db.select().from(muteStates)).toHaveLength(found.length)
    expect(await asked()).toHaveLength(5)
    expect(await findMutedMembers(context)).toBe(0)
    expect(await asked()).toHaveLength(5)
  })

  test('are looked for where mutes changed first, each group once a day, also after a restart', async () => {
    const { db, world, actor, searchedAgo } = await begin()
    await searchedAgo('25 hours')
    await db
      .update(groups)
      .set({ searchedAt: sql`${databaseNow} - interval '20 minutes'` })
      .where(eq(groups.groupId, place.group))
    await db.update(groups).set({ searchedAt: null }).where(eq(groups.groupId, place.live))
    const everyone = { connection: 'sg', groupId: place.group }
    await applyMute(world.context, actor, placeWish(everyone))
    expect(await findMutedMembers(world.restarted())).toBe(3)
    const order = db.select({ id: groups.groupId }).from(groups).orderBy(groups.searchedAt)
    expect((await order).map(({ id }) => id)).toEqual([place.work, place.group, place.live, place.community])
    expect(await findMutedMembers(world.restarted())).toBe(0)
  })

  test('are looked for in a community without topics too, of which none are asked for', async () => {
    const { db, world, context, asked, searchedAgo } = await begin()
    await searchedAgo('1 hour')
    const plain = '@TGS#_plain'
    await world.addGroups({ id: plain, name: 'Plain', type: 'Community', members: [{ id: 'amy' }] })
    await db.insert(groups).values({ connection: 'sg', groupId: plain, type: 'community' })
    expect(await findMutedMembers(context)).toBe(1)
    expect(await asked()).toHaveLength(1)
  })

  test('are looked for in so many groups and topics a round; of a larger community all have their turn', async () => {
    const { db, world, context, control, inForce, asked, searchedAgo } = await begin()
    await searchedAgo('1 hour')
    const town = '@TGS#_@TGS#cCITY'
    const topics = Array.from({ length: topicsPerSearch + 5 }, (_, index) => ({
      id: `${town}@TOPIC#_@TOPIC#c${index}`,
      name: `Topic ${index}`,
    }))
    await world.addGroups({ id: town, name: 'City', type: 'Community', members: [{ id: 'amy' }], topics })
    await control.putGroup({
      group: town,
      topics: topics.map(({ id }) => ({ id, members: [{ id: 'amy', muted: 864_000 }] })),
    })
    await db.insert(groups).values({ connection: 'sg', groupId: town, type: 'community' })
    await findMutedMembers(context)
    expect(await asked()).toHaveLength(topicsPerSearch + 1)
    expect(await inForce()).toHaveLength(topicsPerSearch)
    await world.passTime(86_400)
    await searchedAgo('25 hours')
    await findMutedMembers(context)
    expect(await inForce()).toHaveLength(topics.length)

    const many = Array.from({ length: searchesPerRound + 2 }, (_, index) => ({
      id: `many-${index}`,
      name: '',
    }))
    await world.addGroups(...many)
    await db
      .insert(groups)
      .values(many.map(({ id }) => ({ connection: 'sg', groupId: id, type: 'public' as const })))
    expect(await findMutedMembers(context)).toBe(searchesPerRound)
    expect(await findMutedMembers(context)).toBe(2)
  })

  test('wait in a group that was refused for its next turn, and everywhere while the provider does not answer', async () => {
    const { db, context, control } = await begin()
    await control.addFaults({ kind: 'html', api: 'get_group_muted_account', times: 'always' })
    expect(await findMutedMembers(context)).toBe(0)
    await control.clearFaults()
    await control.addFaults({ kind: 'code', code: 10010, api: 'get_group_muted_account', times: 1 })
    expect(await findMutedMembers(context)).toBe(3)
    const unsearched = and(eq(groups.connection, 'sg'), sql`${groups.searchedAt} is null`)
    expect((await db.select().from(groups).where(unsearched)).map(({ type }) => type)).toEqual(['work'])
  })
})
