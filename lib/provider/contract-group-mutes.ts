import { describe, expect, test } from 'vitest'
import {
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
import { ProviderError } from './errors'

/** What every adapter promises about mutes of single members. */
export function describeMemberMutes(stage: () => GroupContractStage): void {
  describe('mutes of members', () => {
    const canMute = () => typesThat(stage(), ({ memberMute }) => memberMute !== null)
    const maxSecondsOf = (type: ReturnType<typeof canMute>[number]) =>
      stage().provider.capabilities.groups[type]?.memberMute?.maxSeconds ?? 0

    test('hold for those named, are read back where that is possible, and are lifted', async () => {
      const { provider, memberMutesAtProvider, violations } = stage()
      for (const [type, groupId] of await seedOneOfEach(stage(), canMute())) {
        const end = inAnHour()
        const outcomes = await provider.setMemberMutes({ groupId }, ['a', oddId], end, options)
        expect(outcomes).toEqual(
          new Map([
            ['a', { ok: true }],
            [oddId, { ok: true }],
          ]),
        )
        const atProvider = await memberMutesAtProvider({ groupId })
        expectSameEnd(atProvider.a, end)
        expectSameEnd(atProvider[oddId], end)
        expect(atProvider.b).toBeNull()

        const reading = await provider.readMemberMutes({ groupId }, options)
        if (provider.capabilities.groups[type]?.memberMute?.isReadable) {
          expect([...(reading?.until.keys() ?? [])].sort()).toEqual(['a', oddId])
          expectSameEnd(reading?.until.get('a'), end)
          expect(Math.abs((reading?.readAt ?? 0) - Date.now())).toBeLessThan(toleranceMs)
        } else expect(reading).toBeNull()

        await provider.setMemberMutes({ groupId }, ['a', oddId], null, options)
        expect(Object.values(await memberMutesAtProvider({ groupId })).filter(Boolean)).toEqual([])
      }
      expect(await violations()).toEqual([])
    })

    test('are for ever, or as long as can be, but never for ever by accident', async () => {
      const { provider, memberMutesAtProvider, violations } = stage()
      for (const [type, groupId] of await seedOneOfEach(stage(), canMute())) {
        const longest = Date.now() + maxSecondsOf(type) * 1000
        await provider.setMemberMutes({ groupId }, ['a'], 'forever', options)
        await provider.setMemberMutes({ groupId }, ['b'], longest + 1e12, options)
        const { a, b } = await memberMutesAtProvider({ groupId })
        if (a !== 'forever') expectSameEnd(a, longest)
        expectSameEnd(b, longest)
      }
      expect(await violations()).toEqual([])
    })

    test('are lifted by an end in the past', async () => {
      const { provider, memberMutesAtProvider } = stage()
      for (const [, groupId] of await seedOneOfEach(stage(), canMute())) {
        await provider.setMemberMutes({ groupId }, ['a'], inAnHour(), options)
        await provider.setMemberMutes({ groupId }, ['a'], Date.now() - 1, options)
        expect((await memberMutesAtProvider({ groupId })).a).toBeNull()
      }
    })

    test('end by themselves, and are not read any more then', async () => {
      const { provider, advanceClock, memberMutesAtProvider } = stage()
      const groups = await seedOneOfEach(stage(), canMute())
      for (const [, groupId] of groups)
        await provider.setMemberMutes({ groupId }, ['a'], Date.now() + 60_000, options)
      await advanceClock(61)
      for (const [, groupId] of groups) {
        expect((await memberMutesAtProvider({ groupId })).a).toBeNull()
        const reading = await provider.readMemberMutes({ groupId }, options)
        expect(reading?.until.size ?? 0).toBe(0)
      }
    })

    test('of members and a stranger have an outcome for each, or none has an effect', async () => {
      const { provider, seed, memberMutesAtProvider } = stage()
      const groups = await seedOneOfEach(stage(), canMute())
      await seed([{ userId: 'stranger' }])
      for (const [, groupId] of groups) {
        const call = provider.setMemberMutes({ groupId }, ['a', 'stranger'], inAnHour(), options)
        const outcomes = await call.catch((error: unknown) => error)
        const { a } = await memberMutesAtProvider({ groupId })
        if (outcomes instanceof ProviderError) {
          expect([outcomes.options.effect, a]).toEqual(['none', null])
          continue
        }
        const told = await call
        expect([...told.keys()]).toEqual(['a', 'stranger'])
        expect([told.get('a'), a === null]).toEqual([{ ok: true }, false])
      }
    })

    test('take as many ids as they say in one call, each once, and refuse one more', async () => {
      const { provider, seedGroups, groupIdOf, countCalls, violations } = stage()
      for (const type of canMute()) {
        const max = provider.capabilities.groups[type]?.memberMute?.maxMembers ?? 0
        const ids = Array.from({ length: max }, (_, index) => `user-${index}`)
        const groupId = groupIdOf(type, 'crowd')
        await seedGroups([{ groupId, type, members: ids.map((userId) => ({ userId })) }])
        const before = await countCalls()
        const outcomes = await provider.setMemberMutes({ groupId }, [...ids, 'user-0'], inAnHour(), options)
        expect([...outcomes.keys()]).toEqual(ids)
        expect(await countCalls()).toBe(before + 1)
        const tooMany = provider.setMemberMutes({ groupId }, [...ids, 'one-more'], null, options)
        await expect(tooMany).rejects.toThrow(RangeError)
        expect((await provider.setMemberMutes({ groupId }, [], null, options)).size).toBe(0)
        expect(await countCalls()).toBe(before + 1)
      }
      expect(await violations()).toEqual([])
    })

    test('are refused where the type cannot, and in a group that does not exist', async () => {
      const { provider, groupIdOf } = stage()
      const cannot = typesThat(stage(), ({ memberMute }) => memberMute === null)
      const groups = [...(await seedOneOfEach(stage(), cannot)).values()]
      const [type = 'zim'] = canMute()
      for (const groupId of [...groups, groupIdOf(type, 'nowhere')]) {
        const call = provider.setMemberMutes({ groupId }, ['a'], inAnHour(), options)
        await expect(call).rejects.toMatchObject(refusedWithoutEffect)
      }
    })

    test('whose answer is lost are unknown, and are there', async () => {
      const { provider, fail, memberMutesAtProvider } = stage()
      for (const [, groupId] of await seedOneOfEach(stage(), canMute())) {
        await fail('dropped_after_applying')
        const call = provider.setMemberMutes({ groupId }, ['a'], inAnHour(), options)
        await expect(call).rejects.toMatchObject({ kind: 'disconnected', options: { effect: 'unknown' } })
        expect((await memberMutesAtProvider({ groupId })).a).not.toBeNull()
      }
    })
  })
}
