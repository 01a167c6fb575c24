import { describe, expect, test } from 'vitest'
import { appId, connectionTo, setUpZego, startZegoEmulator } from '@/lib/testing/zego-stage'
import { answer, errorOf, interactive } from '../http-stage'
import { createZegoProvider } from './provider'
import { stage } from './stage'

const groupId = '#g&1'
const inAnHour = () => Date.now() + 3_600_000

/** The parameters beside the common ones, of each request. */
const sent = (requests: { url: URL }[]) =>
  requests.map(({ url }) =>
    [...url.searchParams].filter(([name]) => !/^(AppId|Signature.*|Timestamp)$/.test(name)),
  )

describe('a mute of a whole group', () => {
  test('of everybody names everybody, how long, and in whose name', async () => {
    const { provider, requests } = await stage(answer({ Code: 0 }))
    await provider.setEveryoneMute({ groupId }, 'forever', interactive)
    expect(sent(requests)).toEqual([
      [
        ['Action', 'MuteGroup'],
        ['FromUserId', 'operator #1&x=y'],
        ['GroupId', '#g&1'],
        ['IsAllMuted', 'true'],
        ['Duration', '-1'],
      ],
    ])
  })

  test('of roles names each of them once', async () => {
    const { provider, requests } = await stage(answer({ Code: 0 }))
    await provider.setRolesMute(groupId, { roles: [3, 101, 3], until: Date.now() + 1e12 }, interactive)
    expect(sent(requests)[0]?.slice(3)).toEqual([
      ['IsAllMuted', 'false'],
      ['MuteRoleList[]', '3'],
      ['MuteRoleList[]', '101'],
      ['Duration', '2592000'],
    ])
  })

  test('is lifted by a Duration of 0 that is always sent, whatever was muted', async () => {
    const { provider, requests } = await stage(answer({ Code: 0 }))
    await provider.setEveryoneMute({ groupId }, null, interactive)
    await provider.setEveryoneMute({ groupId }, Date.now() - 1, interactive)
    await provider.setRolesMute(groupId, null, interactive)
    for (const parameters of sent(requests))
      expect(parameters.slice(2)).toEqual([
        ['GroupId', '#g&1'],
        ['Duration', '0'],
      ])
  })

  test('of no role or of more than 20 is a mistake of the caller and never sent', async () => {
    const { provider, requests } = await stage(answer({ Code: 0 }))
    const twentyOne = Array.from({ length: 21 }, (_, index) => 100 + index)
    for (const roles of [[], twentyOne]) {
      const call = provider.setRolesMute(groupId, { roles, until: 'forever' }, interactive)
      await expect(call).rejects.toThrow(RangeError)
    }
    expect(requests).toHaveLength(0)
  })
})

describe('a call for several members', () => {
  test('repeats their list under its name, and counts its seconds at the moment of each attempt', async () => {
    let now = Date.UTC(2026, 0, 1)
    const end = now + 60_000
    const { provider, requests } = await stage(
      (_, response, index) => response.end(JSON.stringify({ Code: index === 0 ? 660300005 : 0 })),
      {
        clock: { now: () => now },
        throttle: {
          acquire: async () => {
            now += 10_000
          },
        },
      },
    )
    await provider.setMemberMutes({ groupId }, ['#a', 'b+c'], end, interactive)
    expect(sent(requests).map((parameters) => parameters.slice(3))).toEqual([
      [
        ['UserIds[]', '#a'],
        ['UserIds[]', 'b+c'],
        ['Duration', '50'],
      ],
      [
        ['UserIds[]', '#a'],
        ['UserIds[]', 'b+c'],
        ['Duration', '40'],
      ],
    ])
  })

  test('that failed for some is no success for them, though its code is 0', async () => {
    const { provider, fail, seedGroups, memberMutesAtProvider } = await setUpZego()
    await seedGroups([{ groupId, type: 'zim', members: [{ userId: 'a' }, { userId: 'b' }] }])
    const ids = ['a', 'stranger', 'b']
    const outcomes = await provider.setMemberMutes({ groupId }, ids, inAnHour(), interactive)
    expect([...outcomes]).toEqual([
      ['a', { ok: true }],
      ['stranger', { ok: false, providerCode: 660600024, effect: 'none', retryable: false }],
      ['b', { ok: true }],
    ])
    expect((await memberMutesAtProvider({ groupId })).b).not.toBeNull()
    const removed = await provider.removeMembers(groupId, ['stranger', 'b'], interactive)
    expect([removed.get('stranger')?.ok, removed.get('b')?.ok]).toEqual([false, true])
    await fail({ code: 660600032 })
    const error = await errorOf(provider.setMemberMutes({ groupId }, ['a'], null, interactive))
    expect(error.options).toMatchObject({ providerCode: 660600032, effect: 'none' })
  })

  test('that failed for all has the code of each, though its own is another', async () => {
    const { provider, seedGroups } = await setUpZego()
    await seedGroups([{ groupId, type: 'zim', members: [{ userId: 'a' }] }])
    const outcomes = await provider.setMemberMutes({ groupId }, ['x', 'y'], 'forever', interactive)
    expect([...outcomes.values()]).toEqual([
      { ok: false, providerCode: 660600024, effect: 'none', retryable: false },
      { ok: false, providerCode: 660600024, effect: 'none', retryable: false },
    ])
  })
})

test('members are looked for page by page, and no further than needed', async () => {
  const { control, url } = await startZegoEmulator()
  const members = Array.from({ length: 1_200 }, (_, index) => ({ id: `user-${index}` }))
  await control.seed({ zego: { appId, groups: [{ id: groupId, members }] } })
  const provider = createZegoProvider({
    connection: connectionTo(url),
    throttle: { acquire: async () => {} },
  })
  const group = { groupId, type: 'zim' as const }
  expect((await provider.getMembers(group, ['user-3', 'user-700'], interactive)).size).toBe(2)
  expect(await control.calls()).toHaveLength(2)
  expect((await provider.getMembers(group, ['user-1199', 'nobody'], interactive)).size).toBe(1)
  expect(await control.calls()).toHaveLength(5)
  expect((await provider.getMembers(group, [], interactive)).size).toBe(0)
  expect(await control.calls()).toHaveLength(5)
  await provider.close()
})

test('there are no topics, and who is muted is not told: neither is asked', async () => {
  const { provider, requests } = await stage(answer({ Code: 0 }))
  const place = { groupId, topicId: 't' }
  expect(await provider.listTopics(groupId, interactive)).toEqual([])
  expect(await provider.readMemberMutes({ groupId }, interactive)).toBeNull()
  for (const call of [
    provider.setMemberMutes(place, ['a'], null, interactive),
    provider.setEveryoneMute(place, null, interactive),
    provider.listGroupMessages(place, null, interactive),
  ])
    await expect(call).rejects.toThrow(RangeError)
  expect(requests).toHaveLength(0)
})

test('an answer about another group than the one asked is not believed', async () => {
  const { provider } = await stage(answer({ Code: 0, GroupId: '', IsAllForbid: false }))
  expect((await provider.getGroups([groupId], interactive)).size).toBe(0)
})

test('a cursor that never was one is refused and not sent', async () => {
  const { provider, requests } = await stage(answer({ Code: 0 }))
  for (const cursor of ['', '0x10', '-1', '1&Limit=0', '1.5']) {
    await expect(provider.listGroups(cursor, interactive)).rejects.toThrow(RangeError)
    await expect(provider.listMembers({ groupId, type: 'zim' }, cursor, interactive)).rejects.toThrow(
      RangeError,
    )
    await expect(provider.listGroupMessages({ groupId }, cursor, interactive)).rejects.toThrow(RangeError)
  }
  expect(requests).toHaveLength(0)
})

test('messages keep the ids that are beyond what a number holds', async () => {
  const { provider, seedGroups } = await setUpZego()
  const messages = [0, 1, 2].map((index) => ({ senderId: 'a', text: `${index}`, secondsAgo: 9 - index }))
  await seedGroups([{ groupId, type: 'zim', members: [{ userId: 'a' }], messages }])
  const { items } = await provider.listGroupMessages({ groupId }, null, interactive)
  expect(items).toHaveLength(3)
  for (const { messageId } of items) {
    expect(BigInt(messageId) > 2n ** 53n).toBe(true)
  }
  expect(items.some(({ messageId }) => String(Number(messageId)) !== messageId)).toBe(true)
})
