import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { syncGroups } from '@/lib/groups/sync'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { muteWish, startMuteWorld } from '@/lib/testing/mute-world'
import { applyMute } from './apply'
import { findMutedGroups, groupsPerRound } from './find-muted-groups'
import { listMutesInForce } from './list-in-force'
import { noteGroups } from './note-groups'

describeOnBothDatabases('mutes of whole groups that were set elsewhere', (freshDb) => {
  async function begin() {
    const db = await freshDb()
    const world = await startMuteWorld(db)
    onTestFinished(() => world.close())
    const actor = await addActor(db)
    const { context } = world
    const { control } = world.emulator
    const inForce = async () => {
      const { mutes } = await listMutesInForce(context, actor, {})
      return mutes.map(({ groupId, scope, until, drift }) => ({ groupId, scope, until, drift }))
    }
    const reads = async () => (await control.calls()).filter(({ api }) => api === 'QueryGroupInfo').length
    return { db, world, context, actor, control, inForce, reads }
  }

  test('listing Tencent’s groups finds them, keeps the ends that only the ledger knows, and leaves no trace of the rest', async () => {
    const { db, world, context, actor, inForce } = await begin()
    await world.addGroups(
      { id: 'loud', name: 'Loud' },
      { id: 'ours', name: 'Ours' },
      { id: 'theirs', name: 'Theirs', muteAll: true },
    )
    const wish = { userId: undefined, groupId: 'ours', scopes: ['everyone' as const] }
    const { changes } = await applyMute(context, actor, muteWish('', wish))
    expect(await syncGroups(context, 'sg', (news) => noteGroups(context, news))).toBe('done')
    expect(await inForce()).toEqual([
      { groupId: 'ours', scope: 'everyone', until: changes[0]?.after, drift: null },
      { groupId: 'theirs', scope: 'everyone', until: 'forever', drift: 'set_outside' },
    ])
    expect((await db.select().from(muteStates)).map(({ groupId }) => groupId).sort()).toEqual([
      'ours',
      'theirs',
    ])
  })

  test('ZEGO’s list of muted groups finds everybody’s and roles’, each read once', async () => {
    const { db, context, control, inForce, reads } = await begin()
    const members = [{ id: 'guest', role: 3 }]
    const ids = ['#all', '#roles', '#one', '#free']
    await control.seed({ zego: { users: [{ id: 'guest' }], groups: ids.map((id) => ({ id, members })) } })
    await control.putZegoGroup({ group: '#all', everyone: 'forever' })
    await control.putZegoGroup({ group: '#roles', roles: { roles: [101], muted: 3_600 } })
    await control.putZegoGroup({ group: '#one', members: [{ id: 'guest', muted: 'forever' }] })
    expect(await findMutedGroups(context)).toBe(2)
    expect(await inForce()).toEqual([
      { groupId: '#roles', scope: 'roles', until: expect.any(Number), drift: 'set_outside' },
      { groupId: '#all', scope: 'everyone', until: 'forever', drift: 'set_outside' },
    ])
    expect(await findMutedGroups(context)).toBe(0)
    expect(await reads()).toBe(2)

    // Roles in place of everybody: the ledger's own word is about another scope. What was just read waits its time.
    await control.putZegoGroup({ group: '#all', everyone: null, roles: { roles: [2], muted: 'forever' } })
    expect(await findMutedGroups(context)).toBe(0)
    await db.update(muteStates).set({ observedAt: sql`${databaseNow} - interval '6 minutes'` })
    expect(await findMutedGroups(context)).toBe(1)
    expect(await inForce()).toMatchObject([
      { groupId: '#roles', scope: 'roles' },
      { groupId: '#all', scope: 'roles', until: 'forever' },
    ])
    expect((await control.violations()).list).toEqual([])
  })

  test('a round reads so many and no more, past those that are refused; a provider that does not answer waits', async () => {
    const { context, control, inForce } = await begin()
    const ids = Array.from({ length: groupsPerRound + 3 }, (_, index) => `#${index}`)
    await control.seed({ zego: { groups: ids.map((id) => ({ id, everyone: 'forever' as const })) } })
    await control.addFaults({ kind: 'code', code: 660500002, api: 'QueryGroupInfo' })
    expect(await findMutedGroups(context)).toBe(groupsPerRound)
    expect(await inForce()).toHaveLength(groupsPerRound - 1)
    // The one that was refused does not take the turn of the others; later it has its own.
    expect(await findMutedGroups(context)).toBe(3)
    expect(await inForce()).toHaveLength(ids.length - 1)
    const later = { ...context, clock: { now: () => Date.now() + 301_000 } }
    expect(await findMutedGroups(later)).toBe(1)
    expect(await inForce()).toHaveLength(ids.length)
    await control.addFaults({ kind: 'code', code: 660500002, api: 'FetchForbidGroupList' })
    expect(await findMutedGroups(context)).toBe(0)
  })
})
