import { beforeEach, describe, expect, test } from 'vitest'
import { describeMemberMutes } from './contract-group-mutes'
import { describeGroupReads } from './contract-group-reads'
import {
  expectSameEnd,
  inAnHour,
  options,
  refusedWithoutEffect,
  seedOneOfEach,
  typesThat,
} from './contract-group-world'
import { describeHistory } from './contract-history'
import type { GroupContractStage } from './contract-stage'
import { groupRoles, type Until } from './port'

/** The promises of `GroupProvider`, which every adapter keeps against its provider's stand-in over HTTP. */
export function describeGroupContract(name: string, setUp: () => Promise<GroupContractStage>): void {
  describe(`${name} and its groups`, () => {
    let stage: GroupContractStage
    beforeEach(async () => {
      stage = await setUp()
    })
    test('tells what can be done in every type that there is', () => {
      const { provider, groupTypes } = stage
      expect(groupTypes.length).toBeGreaterThan(0)
      expect(typesThat(stage, () => true)).toEqual(groupTypes)
      expect(provider.capabilities.maxGroupIdBytes).toBeGreaterThan(0)
    })
    describeMemberMutes(() => stage)
    describeEveryone(() => stage)
    describeTopics(() => stage)
    describeRoles(() => stage)
    describeRemoval(() => stage)
    describeGroupReads(() => stage)
    describeHistory(() => stage)
  })
}

function describeEveryone(stage: () => GroupContractStage): void {
  describe('the mute of everybody', () => {
    const canMute = () => typesThat(stage(), ({ everyoneMute }) => everyoneMute !== null)

    test('is set, read back and lifted', async () => {
      const { provider, everyoneAtProvider, violations } = stage()
      const read = async (groupId: string) =>
        (await provider.getGroups([groupId], options)).get(groupId)?.everyone
      for (const [type, groupId] of await seedOneOfEach(stage(), canMute())) {
        const isTimed = provider.capabilities.groups[type]?.everyoneMute?.isTimed
        const expectEnd = (actual: Until | null | undefined, end: number) =>
          isTimed ? expectSameEnd(actual, end) : expect(actual).toBe('forever')
        expect(await read(groupId)).toBeNull()
        const end = inAnHour()
        await provider.setEveryoneMute({ groupId }, end, options)
        expectEnd(await everyoneAtProvider({ groupId }), end)
        expectEnd(await read(groupId), end)
        await provider.setEveryoneMute({ groupId }, null, options)
        expect([await everyoneAtProvider({ groupId }), await read(groupId)]).toEqual([null, null])
      }
      expect(await violations()).toEqual([])
    })

    test('is lifted by an end in the past', async () => {
      const { provider, everyoneAtProvider } = stage()
      for (const [, groupId] of await seedOneOfEach(stage(), canMute())) {
        await provider.setEveryoneMute({ groupId }, 'forever', options)
        expect(await everyoneAtProvider({ groupId })).not.toBeNull()
        await provider.setEveryoneMute({ groupId }, Date.now() - 1, options)
        expect(await everyoneAtProvider({ groupId })).toBeNull()
      }
    })

    test('of a group that does not exist is refused', async () => {
      const { provider, groupIdOf } = stage()
      for (const type of canMute()) {
        const call = provider.setEveryoneMute({ groupId: groupIdOf(type, 'nowhere') }, 'forever', options)
        await expect(call).rejects.toMatchObject(refusedWithoutEffect)
      }
    })
  })
}

function describeTopics(stage: () => GroupContractStage): void {
  describe('topics', () => {
    test('are listed, and a mute in one holds there alone', async () => {
      const { provider, seedGroups, groupIdOf, topicIdOf, violations } = stage()
      const { memberMutesAtProvider, everyoneAtProvider } = stage()
      for (const type of typesThat(stage(), ({ hasTopics }) => hasTopics)) {
        const groupId = groupIdOf(type, 'with_topics')
        const [topicId, otherId] = [topicIdOf(groupId, 'one'), topicIdOf(groupId, 'two')]
        const topics = [topicId, otherId].map((id, index) => ({ topicId: id, name: `Topic ${index}` }))
        await seedGroups([{ groupId, type, members: [{ userId: 'a' }, { userId: 'b' }], topics }])
        expect(await provider.listTopics(groupId, options)).toEqual(
          topics.map((topic) => ({ ...topic, everyone: null })),
        )
        const joined = await provider.listJoinedGroups('a', null, options)
        expect(joined.items.map((group) => group.groupId)).toEqual([groupId])

        const end = inAnHour()
        await provider.setMemberMutes({ groupId, topicId }, ['a'], end, options)
        expectSameEnd((await memberMutesAtProvider({ groupId, topicId })).a, end)
        expect((await memberMutesAtProvider({ groupId })).a).toBeNull()
        const reading = await provider.readMemberMutes({ groupId, topicId }, options)
        expect([...(reading?.until.keys() ?? ['a'])]).toEqual(['a'])
        await provider.setMemberMutes({ groupId, topicId }, ['a'], null, options)
        expect((await memberMutesAtProvider({ groupId, topicId })).a ?? null).toBeNull()

        await provider.setEveryoneMute({ groupId, topicId }, 'forever', options)
        const states = (await provider.listTopics(groupId, options)).map(({ everyone }) => everyone)
        expect(states).toEqual(['forever', null])
        expect(await everyoneAtProvider({ groupId })).toBeNull()
        await provider.setEveryoneMute({ groupId, topicId }, null, options)
        expect(await everyoneAtProvider({ groupId, topicId })).toBeNull()
      }
      expect(await violations()).toEqual([])
    })

    test('are refused where there are none', async () => {
      const { provider, topicIdOf, memberMutesAtProvider } = stage()
      const without = typesThat(stage(), (can) => !can.hasTopics && can.memberMute !== null)
      for (const [, groupId] of await seedOneOfEach(stage(), without)) {
        const place = { groupId, topicId: topicIdOf(groupId, 'none') }
        await expect(provider.setMemberMutes(place, ['a'], inAnHour(), options)).rejects.toThrow(Error)
        expect((await memberMutesAtProvider({ groupId })).a).toBeNull()
      }
    })
  })
}

function describeRoles(stage: () => GroupContractStage): void {
  describe('mutes of roles', () => {
    test('are replaced as a whole, read back and lifted', async () => {
      const { provider } = stage()
      const read = async (groupId: string) =>
        (await provider.getGroups([groupId], options)).get(groupId)?.roles
      const groups = await seedOneOfEach(
        stage(),
        typesThat(stage(), ({ roleMute }) => roleMute !== null),
      )
      for (const [, groupId] of groups) {
        const end = inAnHour()
        const roles = [groupRoles.admin, groupRoles.member]
        await provider.setRolesMute(groupId, { roles: [groupRoles.member], until: 'forever' }, options)
        await provider.setRolesMute(groupId, { roles, until: end }, options)
        const reading = await read(groupId)
        expect([...(reading?.roles ?? [])].sort()).toEqual(roles)
        expectSameEnd(reading?.until, end)
        await provider.setRolesMute(groupId, null, options)
        expect(await read(groupId)).toBeNull()
      }
    })

    test('are a mistake of the caller where there are none, and never sent', async () => {
      const { provider, countCalls } = stage()
      if (typesThat(stage(), ({ roleMute }) => roleMute !== null).length > 0) return
      const call = provider.setRolesMute('any', { roles: [groupRoles.member], until: 'forever' }, options)
      await expect(call).rejects.toThrow(RangeError)
      expect(await countCalls()).toBe(0)
    })
  })
}

function describeRemoval(stage: () => GroupContractStage): void {
  describe('removal', () => {
    test('takes those named out of the group, and nobody else', async () => {
      const { provider, memberMutesAtProvider, violations } = stage()
      const types = typesThat(stage(), ({ removal }) => removal !== null)
      for (const [type, groupId] of await seedOneOfEach(stage(), types)) {
        const outcomes = await provider.removeMembers(groupId, ['a', 'b'], options)
        expect([...outcomes]).toEqual([
          ['a', { ok: true }],
          ['b', { ok: true }],
        ])
        const left = Object.keys(await memberMutesAtProvider({ groupId }))
        expect([left.includes('a'), left.includes('b'), left.includes('admin')]).toEqual([false, false, true])
        const max = provider.capabilities.groups[type]?.removal?.maxMembers ?? 0
        const tooMany = Array.from({ length: max + 1 }, (_, index) => `user-${index}`)
        await expect(provider.removeMembers(groupId, tooMany, options)).rejects.toThrow(RangeError)
      }
      expect(await violations()).toEqual([])
    })

    test('is refused where the type cannot', async () => {
      const { provider } = stage()
      const types = typesThat(stage(), ({ removal }) => removal === null)
      for (const [, groupId] of await seedOneOfEach(stage(), types)) {
        const call = provider.removeMembers(groupId, ['a'], options)
        await expect(call).rejects.toMatchObject(refusedWithoutEffect)
      }
    })
  })
}
