import { and, eq, sql } from 'drizzle-orm'
import { expect, onTestFinished, test, vi } from 'vitest'
import { groups, muteRounds, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { syncGroups } from '@/lib/groups/sync'
import { log } from '@/lib/log'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { place, placeWish, startGroupMutesStage } from '@/lib/testing/group-mutes-stage'
import { applyMute } from './apply'
import {
  findMutedMembers,
  searchCallsPerRound,
  searchesPerRound,
  topicsPerSearch,
} from './find-muted-members'
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
    /** One round, a minute after the last one. */
    const round = async (on = context) => {
      await db.delete(muteRounds)
      return findMutedMembers(on)
    }
    /** Groups that only the directory knows of, found just now and so looked into first. */
    const addPublic = async (ids: string[]) => {
      await world.addGroups(...ids.map((id) => ({ id, name: '' })))
      await db
        .insert(groups)
        .values(ids.map((id) => ({ connection: 'sg', groupId: id, type: 'public' as const })))
    }
    return { ...stage, context, inForce, asked, searchedAgo, round, addPublic }
  }

  test('are found in groups and topics of which the ledger knows nothing, and leave no trace of those who are free', async () => {
    const { db, control, inForce, asked, round } = await begin()
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
    expect(await round()).toBe(3)
    const found = [
      ['', place.talk, 'set_outside'],
      ['amy', place.group, 'set_outside'],
      ['amy', place.news, 'set_outside'],
      ['eve', place.live, 'set_outside'],
    ]
    expect(await inForce()).toEqual(found.sort())
    expect(await db.select().from(muteStates)).toHaveLength(found.length)
    expect(await asked()).toHaveLength(5)
    expect(await round()).toBe(0)
    expect(await asked()).toHaveLength(5)
  })

  test('are looked for in each group once a day, first where nobody has looked, also after a restart', async () => {
    const { db, world, actor, searchedAgo, round } = await begin()
    await searchedAgo('25 hours')
    await db
      .update(groups)
      .set({ searchedAt: sql`${databaseNow} - interval '20 minutes'` })
      .where(eq(groups.groupId, place.group))
    await db.update(groups).set({ searchedAt: null }).where(eq(groups.groupId, place.live))
    // Where a mute changed lately the members are read by the job that compares the ledger.
    await applyMute(world.context, actor, placeWish({ connection: 'sg', groupId: place.group }))
    expect(await round(world.restarted())).toBe(2)
    const order = db.select({ id: groups.groupId }).from(groups).orderBy(groups.searchedAt)
    expect((await order).map(({ id }) => id)).toEqual([place.work, place.group, place.live, place.community])
    expect(await round(world.restarted())).toBe(0)
  })

  test('are looked for by one of several instances', async () => {
    const { context, asked } = await begin()
    const rounds = await Promise.all([findMutedMembers(context), findMutedMembers(context)])
    expect(rounds.sort()).toEqual([0, 3])
    expect(await asked()).toHaveLength(5)
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
    const { db, world, control, inForce, asked, searchedAgo, round, addPublic } = await begin()
    await searchedAgo('1 hour')
    const addTown = async (name: string) => {
      const id = `@TGS#_@TGS#c${name}`
      const topics = Array.from({ length: topicsPerSearch + 5 }, (_, index) => ({
        id: `${id}@TOPIC#_@TOPIC#c${index}`,
        name: `Topic ${index}`,
      }))
      await world.addGroups({ id, name, type: 'Community', members: [{ id: 'amy' }], topics })
      await db.insert(groups).values({ connection: 'sg', groupId: id, type: 'community' })
      return topics
    }
    const topics = await addTown('CITY')
    await control.putGroup({
      group: '@TGS#_@TGS#cCITY',
      topics: topics.map(({ id }) => ({ id, members: [{ id: 'amy', muted: 864_000 }] })),
    })
    await round()
    expect(await asked()).toHaveLength(topicsPerSearch + 1)
    expect(await inForce()).toHaveLength(topicsPerSearch)
    await world.passTime(86_400)
    await searchedAgo('25 hours')
    await round()
    expect(await inForce()).toHaveLength(topics.length)

    await addPublic(Array.from({ length: searchesPerRound + 2 }, (_, index) => `many-${index}`))
    expect(await round()).toBe(searchesPerRound)
    expect(await round()).toBe(2)

    // The members, the topics, the members of so many of them.
    const townsPerRound = Math.floor(searchCallsPerRound / (topicsPerSearch + 2))
    for (let town = 0; town <= townsPerRound; town += 1) await addTown(`T${town}`)
    expect(await round()).toBe(townsPerRound)
    expect(await round()).toBe(1)
  })

  test('are found beside groups and topics that fail, which are told once and have had their turn', async () => {
    const { db, control, inForce, asked, searchedAgo, round } = await begin()
    const warn = vi.spyOn(log, 'warn').mockImplementation(() => {})
    onTestFinished(() => warn.mockRestore())
    await searchedAgo('25 hours')
    await db.update(groups).set({ searchedAt: null }).where(eq(groups.groupId, place.live))
    await control.putGroup({ group: place.group, members: [{ id: 'amy', muted: 600 }] })
    await control.putGroup({
      group: place.community,
      topics: [{ id: place.talk, members: [{ id: 'amy', muted: 600 }] }],
    })
    const api = 'get_group_muted_account'
    await control.addFaults({ kind: 'html', api, group: place.live, times: 'always' })
    // Its own members, and those of its first topic.
    await control.addFaults({ kind: 'html', api, group: place.community, times: 2 })
    expect(await round()).toBe(3)
    expect(await inForce()).toEqual([
      ['amy', place.group, 'set_outside'],
      ['amy', place.talk, 'set_outside'],
    ])
    expect(warn).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls[0]?.[0]).toMatchObject({ connection: 'sg', failed: 3, groupId: place.live })
    const calls = (await asked()).length
    expect(await round()).toBe(0)
    expect(await asked()).toHaveLength(calls)
  })

  test('wait for the next round after three failures in a row', async () => {
    const { control, searchedAgo, round, addPublic } = await begin()
    vi.spyOn(log, 'warn').mockImplementation(() => {})
    onTestFinished(() => void vi.restoreAllMocks())
    await searchedAgo('1 hour')
    await addPublic(['a', 'b', 'c', 'd', 'e'])
    await control.addFaults({ kind: 'html', times: 'always' })
    expect(await round()).toBe(3)
    await control.clearFaults()
    expect(await round()).toBe(2)
  })

  test('wait in a group that was refused for its next turn, and everywhere while everything is refused', async () => {
    const { db, control, round } = await begin()
    await control.addFaults({ kind: 'code', code: 60010, api: 'get_group_muted_account', times: 'always' })
    expect(await round()).toBe(0)
    await control.clearFaults()
    await control.addFaults({ kind: 'code', code: 10010, api: 'get_group_muted_account', times: 1 })
    expect(await round()).toBe(3)
    const unsearched = and(eq(groups.connection, 'sg'), sql`${groups.searchedAt} is null`)
    expect((await db.select().from(groups).where(unsearched)).map(({ type }) => type)).toEqual(['work'])
  })
})
