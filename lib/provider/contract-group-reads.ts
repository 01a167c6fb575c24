import { describe, expect, test } from 'vitest'
import {
  allOf,
  expectSameEnd,
  inAnHour,
  oddId,
  options,
  refusedWithoutEffect,
  seedOneOfEach,
  toleranceMs,
  typesThat,
} from './contract-group-world'
import type { GroupContractStage } from './contract-stage'
import { groupRoles } from './port'

/** What every adapter promises about looking up groups and members. */
export function describeGroupReads(stage: () => GroupContractStage): void {
  describe('look-ups of groups', () => {
    test('tell type, name, owner and size of each, and leave out what does not exist', async () => {
      const { provider, groupIdOf, violations } = stage()
      const groups = await seedOneOfEach(stage(), stage().groupTypes)
      const missing = stage().groupTypes.map((type) => groupIdOf(type, 'nowhere'))
      const infos = await provider.getGroups([...groups.values(), ...missing], options)
      expect([...infos.keys()].sort()).toEqual([...groups.values()].sort())
      for (const [type, groupId] of groups) {
        const info = infos.get(groupId)
        expect(info).toMatchObject({ groupId, type, name: `Group ${type}`, everyone: null, roles: null })
        expect([null, 'owner']).toContain(info?.ownerId)
        expect([null, 5]).toContain(info?.memberCount)
        expect(Math.abs((info?.readAt ?? 0) - Date.now())).toBeLessThan(toleranceMs)
      }
      expect(await violations()).toEqual([])
    })

    test('of one account find its groups of every type', async () => {
      const { provider, violations } = stage()
      const groups = await seedOneOfEach(stage(), stage().groupTypes)
      const joined = await allOf((cursor) => provider.listJoinedGroups('a', cursor, options))
      expect(new Map(joined.map(({ groupId, ...rest }) => [groupId, rest]))).toEqual(
        new Map(
          [...groups].map(([type, groupId]) => [
            groupId,
            { type: expect.toBeOneOf([type, null]), name: expect.toBeOneOf([`Group ${type}`, null]) },
          ]),
        ),
      )
      expect(await violations()).toEqual([])
    })

    test('answer for many more than a batch holds, and for none without a call', async () => {
      const { provider, seedGroups, groupIdOf, countCalls, violations } = stage()
      const [type = 'zim'] = stage().groupTypes
      const ids = Array.from({ length: 120 }, (_, index) => groupIdOf(type, `#&%-${index}`))
      await seedGroups(
        ids.map((groupId) => ({ groupId, type, ownerId: 'owner', members: [{ userId: 'a' }] })),
      )
      expect((await provider.getGroups([], options)).size).toBe(0)
      expect(await countCalls()).toBe(0)
      expect((await provider.getGroups([...ids, ...ids], options)).size).toBe(120)

      const listed = await allOf((cursor) => provider.listGroups(cursor, options))
      expect(ids.filter((id) => !listed.some(({ groupId }) => groupId === id))).toEqual([])
      const joined = await allOf((cursor) => provider.listJoinedGroups('a', cursor, options))
      expect(joined.map(({ groupId }) => groupId).sort()).toEqual([...ids].sort())
      expect(await violations()).toEqual([])
    })
  })

  describe('look-ups of members', () => {
    const canList = () => typesThat(stage(), ({ canListMembers }) => canListMembers)

    test('go through every member of a large group once', async () => {
      const { provider, seedGroups, groupIdOf, violations } = stage()
      const ids = Array.from({ length: 250 }, (_, index) => `user-${index}`)
      for (const type of canList()) {
        const groupId = groupIdOf(type, 'crowd')
        await seedGroups([{ groupId, type, members: ids.map((userId) => ({ userId })) }])
        const members = await allOf((cursor) => provider.listMembers({ groupId, type }, cursor, options))
        const named = members.map(({ userId }) => userId).filter((userId) => userId.startsWith('user-'))
        expect(named.sort()).toEqual([...ids].sort())
        const found = await provider.getMembers({ groupId, type }, [...ids, 'stranger'], options)
        expect([found.size, found.has('stranger')]).toEqual([250, false])
      }
      expect(await violations()).toEqual([])
    })

    test('tell name and rank, and where that is possible until when somebody is muted', async () => {
      const { provider, violations } = stage()
      for (const [type, groupId] of await seedOneOfEach(stage(), canList())) {
        const group = { groupId, type }
        const can = provider.capabilities.groups[type]
        const end = inAnHour()
        if (can?.memberMute) await provider.setMemberMutes(group, [oddId], end, options)
        const listed = await allOf((cursor) => provider.listMembers(group, cursor, options))
        const asked = await provider.getMembers(group, ['owner', 'admin', 'a', oddId, 'nobody'], options)
        expect(asked.has('nobody')).toBe(false)
        for (const of of [asked, new Map(listed.map((member) => [member.userId, member]))]) {
          expect([of.get('owner')?.role, of.get('admin')?.role, of.get('a')?.role]).toEqual([
            groupRoles.owner,
            groupRoles.admin,
            groupRoles.member,
          ])
          expect([of.get('a')?.name, of.get('admin')?.name]).toEqual(['小军', null])
          if (!can?.memberMute?.isReadable) continue
          expect(of.get('a')?.until).toBeNull()
          expectSameEnd(of.get(oddId)?.until, end)
        }
      }
      expect(await violations()).toEqual([])
    })

    test('are refused where the type keeps no list, and in a group that does not exist', async () => {
      const { provider, groupIdOf } = stage()
      const cannot = typesThat(stage(), ({ canListMembers }) => !canListMembers)
      const missing = stage().groupTypes.map((type) => [type, groupIdOf(type, 'nowhere')] as const)
      for (const [type, groupId] of [...(await seedOneOfEach(stage(), cannot)), ...missing]) {
        const list = provider.listMembers({ groupId, type }, null, options)
        await expect(list).rejects.toMatchObject(refusedWithoutEffect)
        const look = provider.getMembers({ groupId, type }, ['a'], options)
        await expect(look).rejects.toMatchObject(refusedWithoutEffect)
      }
    })
  })
}
