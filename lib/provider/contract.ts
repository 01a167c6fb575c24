import { beforeEach, describe, expect, test } from 'vitest'
import { describeFailures } from './contract-failures'
import { describeMessages } from './contract-messages'
import type { ContractStage } from './contract-stage'
import type { CallOptions, Until } from './port'

const options: CallOptions = { priority: 'interactive' }
const toleranceMs = 2_000

/** The promises of `Provider`, which every adapter keeps against its provider's stand-in over HTTP. */
export function describeProviderContract(name: string, setUp: () => Promise<ContractStage>): void {
  describe(`${name} as a provider`, () => {
    let stage: ContractStage
    beforeEach(async () => {
      stage = await setUp()
    })
    describeMutes(() => stage)
    describeNoGlobalMutes(() => stage)
    describeLookUps(() => stage)
    describeMessages(() => stage)
    describeFailures(() => stage)
  })
}

function describeMutes(stage: () => ContractStage): void {
  describe('global mutes', () => {
    const inAnHour = () => Date.now() + 3_600_000
    beforeEach(async ({ skip }) => {
      skip(!hasGlobalMutes(stage()), 'the provider has none')
      await stage().seed([{ userId: 'a' }, { userId: 'id with #%@ in it' }])
    })

    test.each([['one_to_one'], ['all_groups']] as const)(
      'sets %s alone, reads it back and lifts it',
      async (scope) => {
        const { provider, mutesAtProvider, violations } = stage()
        const end = inAnHour()
        const other = scope === 'one_to_one' ? 'all_groups' : 'one_to_one'

        await provider.setGlobalMutes('a', { [scope]: end }, options)
        const { until, readAt } = await provider.readGlobalMutes('a', options)
        expectSameEnd(until[scope], end)
        expect(until[other]).toBeNull()
        expect(Math.abs(readAt - Date.now())).toBeLessThan(toleranceMs)
        expectSameEnd((await mutesAtProvider('a'))[scope], end)

        await provider.setGlobalMutes('a', { [scope]: null }, options)
        expect((await provider.readGlobalMutes('a', options)).until).toEqual({
          one_to_one: null,
          all_groups: null,
        })
        expect(await violations()).toEqual([])
      },
    )

    test('sets both at once with different ends, one of them for ever', async () => {
      const { provider, violations } = stage()
      const end = inAnHour()
      await provider.setGlobalMutes('id with #%@ in it', { one_to_one: 'forever', all_groups: end }, options)
      const { until } = await provider.readGlobalMutes('id with #%@ in it', options)
      expect(until.one_to_one).toBe('forever')
      expectSameEnd(until.all_groups, end)
      expect(await violations()).toEqual([])
    })

    test('changes one and leaves the other alone, also when it lifts', async () => {
      const { provider, violations } = stage()
      await provider.setGlobalMutes('a', { one_to_one: 'forever', all_groups: 'forever' }, options)
      const end = inAnHour()
      await provider.setGlobalMutes('a', { all_groups: end }, options)
      expect((await provider.readGlobalMutes('a', options)).until.one_to_one).toBe('forever')
      await provider.setGlobalMutes('a', { one_to_one: null }, options)
      const { until } = await provider.readGlobalMutes('a', options)
      expect(until.one_to_one).toBeNull()
      expectSameEnd(until.all_groups, end)
      expect(await violations()).toEqual([])
    })

    test('take the longest finite mute without making it one for ever', async () => {
      const { provider, violations } = stage()
      const end = Date.now() + provider.capabilities.maxMuteSeconds * 1000
      await provider.setGlobalMutes('a', { one_to_one: end, all_groups: end + 1e12 }, options)
      const { until } = await provider.readGlobalMutes('a', options)
      expectSameEnd(until.one_to_one, end)
      expectSameEnd(until.all_groups, end)
      expect(await violations()).toEqual([])
    })

    test('lift what an end in the past is set for', async () => {
      const { provider, mutesAtProvider } = stage()
      await provider.setGlobalMutes('a', { one_to_one: 'forever' }, options)
      await provider.setGlobalMutes('a', { one_to_one: Date.now() - 1 }, options)
      expect(await mutesAtProvider('a')).toEqual({ one_to_one: null, all_groups: null })
    })

    test('end by themselves', async () => {
      const { provider, advanceClock, violations } = stage()
      await provider.setGlobalMutes('a', { one_to_one: Date.now() + 60_000, all_groups: 'forever' }, options)
      await advanceClock(61)
      expect((await provider.readGlobalMutes('a', options)).until).toEqual({
        one_to_one: null,
        all_groups: 'forever',
      })
      expect(await violations()).toEqual([])
    })

    test('of an account that does not exist are refused without effect', async () => {
      const { provider } = stage()
      const call = provider.setGlobalMutes('nobody', { one_to_one: 'forever' }, options)
      await expect(call).rejects.toMatchObject({ kind: 'refused', options: { effect: 'none' } })
    })
  })
}

function hasGlobalMutes({ provider }: ContractStage): boolean {
  return provider.capabilities.globalScopes.length > 0
}

function describeNoGlobalMutes(stage: () => ContractStage): void {
  describe('global mutes that a provider does not have', () => {
    beforeEach(({ skip }) => skip(hasGlobalMutes(stage()), 'the provider has them'))

    test('read as nothing known, and are a mistake of the caller to set: no call is made', async () => {
      const { provider, seed, countCalls } = stage()
      await seed([{ userId: 'a' }])
      const { until, readAt } = await provider.readGlobalMutes('a', options)
      expect(until).toEqual({})
      expect(Math.abs(readAt - Date.now())).toBeLessThan(toleranceMs)
      const call = provider.setGlobalMutes('a', { one_to_one: 'forever' }, options)
      await expect(call).rejects.toThrow(RangeError)
      expect(await countCalls()).toBe(0)
    })
  })
}

function describeLookUps(stage: () => ContractStage): void {
  describe('look-ups', () => {
    const ids = Array.from({ length: 250 }, (_, index) => `user ${index}`)

    test('of many more accounts than a batch holds answer for each', async () => {
      const { provider, seed, presences, violations } = stage()
      const presenceOf = (index: number) => presences[index % presences.length] ?? 'offline'
      await seed(
        ids.map((userId, index) => ({
          userId,
          nickname: `名前 ${index}`,
          avatarUrl: 'https://img.example/a.png',
          presence: presenceOf(index),
        })),
      )
      const existence = await provider.checkAccounts([...ids, 'nobody'], options)
      expect(existence.size).toBe(251)
      expect(existence.get('nobody')).toBe(false)
      expect([...existence.values()].filter(Boolean)).toHaveLength(250)

      const profiles = await provider.getProfiles(ids, options)
      expect(profiles.size).toBe(250)
      expect(profiles.get('user 249')).toEqual({
        nickname: '名前 249',
        avatarUrl: 'https://img.example/a.png',
      })

      const presence = await provider.getPresence(ids, options)
      expect([...presence]).toEqual(ids.map((userId, index) => [userId, presenceOf(index)]))
      expect(await violations()).toEqual([])
    })

    test('leave out profiles and presence of accounts that do not exist, and answer for the others', async () => {
      const { provider, seed, violations } = stage()
      await seed([{ userId: 'a' }])
      expect([...(await provider.getProfiles(['a', 'nobody'], options))]).toEqual([
        ['a', { nickname: null, avatarUrl: null }],
      ])
      expect([...(await provider.getPresence(['a', 'nobody'], options))]).toEqual([['a', 'offline']])
      expect(await violations()).toEqual([])
    })

    test('of nobody make no call, and of the same id twice ask once', async () => {
      const { provider, seed, countCalls, violations } = stage()
      await seed([{ userId: 'a' }])
      expect((await provider.checkAccounts([], options)).size).toBe(0)
      expect(await countCalls()).toBe(0)
      expect([...(await provider.checkAccounts(['a', 'a'], options))]).toEqual([['a', true]])
      expect(await countCalls()).toBe(1)
      expect(await violations()).toEqual([])
    })
  })
}

function expectSameEnd(actual: Until | null | undefined, expected: number): void {
  expect(typeof actual).toBe('number')
  expect(Math.abs(Number(actual) - expected)).toBeLessThan(toleranceMs)
}
