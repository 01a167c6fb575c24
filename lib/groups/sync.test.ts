import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Db } from '@/lib/db'
import { groupSyncs, groups } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { type MuteWorld, startMuteWorld } from '@/lib/testing/mute-world'
import { listSyncs } from './list-syncs'
import { syncGroups } from './sync'

describeOnBothDatabases('listing the groups of a connection', (freshDb) => {
  let world: MuteWorld
  afterEach(async () => {
    expect((await world.emulator.control.violations()).list).toEqual([])
    await world.close()
  })

  async function begin(count: number, groupsPerPage = 10_000, listsPerSecond = 100) {
    const db = await freshDb()
    world = await startMuteWorld(db, { groupsPerPage, listsPerSecond })
    const ids = Array.from({ length: count }, (_, index) => `group-${String(index).padStart(4, '0')}`)
    await world.addGroups(...ids.map((id) => ({ id, name: `Name of ${id}`, owner: 'lin' })))
    const { control } = world.emulator
    const pagesAsked = async () =>
      (await control.calls()).filter(({ api }) => api === 'get_appid_group_list').length
    const isHeld = async () =>
      (await control.calls()).some(({ state, fault }) => state === 'pending' && fault === 'delay')
    const progress = async () => (await listSyncs(world.context, world.context.connections))[0]
    const sync = () => syncGroups(world.context, 'sg', async () => {})
    return { db, control, pagesAsked, isHeld, progress, sync }
  }

  const known = async (db: Db) =>
    (await db.select().from(groups).orderBy(groups.groupId)).map(({ groupId, dissolvedAt }) => ({
      groupId,
      isDissolved: dissolvedAt !== null,
    }))
  /** As if nobody had touched the list for longer than it counts as new. */
  const age = (db: Db) =>
    db.update(groupSyncs).set({
      startedAt: sql`${databaseNow} - interval '40 minutes'`,
      finishedAt: sql`${databaseNow} - interval '31 minutes'`,
      leaseUntil: sql`${databaseNow} - interval '31 minutes'`,
    })
  const endLease = (db: Db) =>
    db.update(groupSyncs).set({ leaseUntil: sql`${databaseNow} - interval '1 second'` })

  /** As another process leaves the row that goes on in a silent one's place. */
  const takeOver = (db: Db) =>
    db
      .update(groupSyncs)
      .set({ leaseUntil: sql`${databaseNow} + interval '50 seconds'` })
      .returning()

  test('keeps name, type, owner and size of each, page after page, and says when it is whole', async () => {
    const { db, progress, pagesAsked, sync } = await begin(5, 2, 1)
    expect(await progress()).toMatchObject({ status: 'waiting', listed: 0, total: null })
    expect(await sync()).toBe('done')
    expect(await pagesAsked()).toBe(3)
    expect(await known(db)).toHaveLength(5)
    const [first] = await db.select().from(groups).orderBy(groups.groupId)
    expect(first).toMatchObject({
      groupId: 'group-0000',
      name: 'Name of group-0000',
      type: 'public',
      ownerId: 'lin',
      memberCount: 1,
      dissolvedAt: null,
    })
    expect(await progress()).toMatchObject({
      status: 'done',
      listed: 5,
      total: 5,
      finishedAt: expect.any(Number),
      failure: null,
    })
  })

  test('a connection without groups is done, with none', async () => {
    const { progress, sync } = await begin(0)
    expect(await sync()).toBe('done')
    expect(await progress()).toMatchObject({ status: 'done', listed: 0, total: 0 })
  })

  test('tells how far it has come while a long page is still being asked about', async () => {
    const { control, isHeld, progress, sync } = await begin(1_100)
    // The last batch of the page waits; those before it count already.
    await control.addFaults({ kind: 'delay', ms: 25_000, api: 'get_group_info', group: 'group-1099' })
    const running = sync()
    const partly = { status: 'running', listed: 1_000, total: 1_100 }
    await expect.poll(progress).toMatchObject(partly)
    // Released before it has come, it would be held all the same.
    await expect.poll(isHeld).toBe(true)
    await control.releaseCalls()
    expect(await running).toBe('done')
    expect(await progress()).toMatchObject({ status: 'done', listed: 1_100, total: 1_100 })
  })

  test('after a failure it says why, and goes on from the page where it stopped', async () => {
    const { db, control, progress, pagesAsked, sync } = await begin(4, 2)
    await control.addFaults({
      kind: 'html',
      status: 503,
      api: 'get_group_info',
      group: 'group-0003',
      times: 3,
    })
    expect(await sync()).toBe('failed')
    expect(await progress()).toMatchObject({
      status: 'running',
      listed: 2,
      total: 4,
      failure: { kind: expect.any(String) },
    })
    expect(await pagesAsked()).toBe(2)
    expect(await sync()).toBe('done')
    expect(await pagesAsked()).toBe(3)
    expect(await known(db)).toHaveLength(4)
    expect(await progress()).toMatchObject({ status: 'done', listed: 4, failure: null })
  })

  test('a failure of the console itself is noted too, and the list goes on later', async () => {
    const { progress, sync } = await begin(2)
    const { context } = world
    const listGroups = () => Promise.reject(new TypeError('a defect'))
    const broken = { ...context, provider: () => ({ ...context.provider('sg'), listGroups }) }
    await expect(syncGroups(broken, 'sg', async () => {})).rejects.toThrow('a defect')
    expect(await progress()).toMatchObject({ status: 'running', failure: { kind: 'interrupted' } })
    expect(await sync()).toBe('done')
    expect(await progress()).toMatchObject({ status: 'done', failure: null })
  })

  test('what was asked about before a failure is not asked about again', async () => {
    const { control, sync } = await begin(600)
    await control.addFaults({ kind: 'code', code: 60010, api: 'get_group_info', group: 'group-0599' })
    expect(await sync()).toBe('failed')
    const before = (await control.calls()).length
    expect(await sync()).toBe('done')
    const apis = (await control.calls()).slice(before).map(({ api }) => api)
    expect(apis).toEqual(['get_appid_group_list', 'get_group_info', 'get_group_info'])
  })

  test('a place in the list that the provider does not take any more is forgotten: it begins anew', async () => {
    const { db, control, progress, pagesAsked, isHeld, sync } = await begin(4, 2)
    await control.addFaults({ kind: 'delay', ms: 25_000, api: 'get_group_info', group: 'group-0003' })
    const first = sync()
    await expect.poll(isHeld).toBe(true)
    expect(await pagesAsked()).toBe(2)
    await endLease(db)
    await control.addFaults({ kind: 'code', code: 10004, api: 'get_appid_group_list' })
    expect(await sync()).toBe('failed')
    await control.releaseCalls()
    expect(await first).toBe('busy')
    expect(await progress()).toMatchObject({ failure: { kind: 'refused', providerCode: 10004 } })
    expect(await sync()).toBe('done')
    expect(await pagesAsked()).toBe(5)
    expect(await progress()).toMatchObject({ status: 'done', listed: 4 })
  })

  test('of two processes at once one lists, and the other leaves it alone', async () => {
    const { pagesAsked, sync } = await begin(3)
    expect((await Promise.all([sync(), sync()])).sort()).toEqual(['busy', 'done'])
    expect(await pagesAsked()).toBe(1)
  })

  test('a new list is not made again, an old one is', async () => {
    const { db, pagesAsked, sync } = await begin(3)
    await sync()
    expect(await sync()).toBe('busy')
    expect(await pagesAsked()).toBe(1)
    await age(db)
    expect(await sync()).toBe('done')
    expect(await pagesAsked()).toBe(2)
  })

  test('groups that a whole list does not have any more are dissolved, and come back when it has them', async () => {
    const { db, control, sync } = await begin(2)
    await sync()
    await control.dissolveGroup('group-0001')
    await age(db)
    await db.update(groups).set({ seenAt: sql`${databaseNow} - interval '40 minutes'` })
    await sync()
    expect(await known(db)).toEqual([
      { groupId: 'group-0000', isDissolved: false },
      { groupId: 'group-0001', isDissolved: true },
    ])
    await world.addGroups({ id: 'group-0001', name: 'Again' })
    await age(db)
    await sync()
    expect(await known(db)).toEqual([
      { groupId: 'group-0000', isDissolved: false },
      { groupId: 'group-0001', isDissolved: false },
    ])
  })

  test('another process goes on after a silent one; what that one finds out later changes nothing', async () => {
    const { db, control, progress, pagesAsked, isHeld, sync } = await begin(4, 2)
    await control.addFaults({ kind: 'delay', ms: 25_000, api: 'get_group_info', group: 'group-0003' })
    const silent = sync()
    await expect.poll(isHeld).toBe(true)
    expect(await pagesAsked()).toBe(2)
    await endLease(db)
    // From the same page on, so the list has been asked for three times.
    expect(await sync()).toBe('done')
    expect(await pagesAsked()).toBe(3)
    const whole = await progress()
    await control.releaseCalls()
    expect(await silent).toBe('busy')
    expect(await progress()).toEqual(whole)
    expect(whole).toMatchObject({ status: 'done', listed: 4, failure: null })
  })

  test('a process that lost its lease and then fails neither stops nor blames the one that goes on', async () => {
    const { db, control, progress, pagesAsked, isHeld, sync } = await begin(60)
    // The first call holds the process up, the second fails.
    await control.addFaults(
      { kind: 'delay', ms: 25_000, api: 'get_group_info', group: 'group-0000' },
      { kind: 'code', code: 60010, api: 'get_group_info', group: 'group-0059' },
    )
    const silent = sync()
    await expect.poll(isHeld).toBe(true)
    expect(await pagesAsked()).toBe(1)
    const theirs = await takeOver(db)
    await control.releaseCalls()
    expect(await silent).toBe('busy')
    expect(await db.select().from(groupSyncs)).toEqual(theirs)
    expect(await progress()).toMatchObject({ status: 'running', failure: null })
  })

  test('a process that lost its lease takes no group for dissolved', async () => {
    const { db, control, pagesAsked, isHeld, sync } = await begin(2)
    await sync()
    await age(db)
    await db.update(groups).set({ seenAt: sql`${databaseNow} - interval '50 minutes'` })
    await control.dissolveGroup('group-0000')
    await control.dissolveGroup('group-0001')
    await control.addFaults({ kind: 'delay', ms: 25_000, api: 'get_appid_group_list' })
    const silent = sync()
    await expect.poll(isHeld).toBe(true)
    expect(await pagesAsked()).toBe(2)
    const theirs = await takeOver(db)
    await control.releaseCalls()
    expect(await silent).toBe('busy')
    expect(await db.select().from(groupSyncs)).toEqual(theirs)
    expect((await known(db)).map(({ isDissolved }) => isDissolved)).toEqual([false, false])
  })
})
