import { expect, onTestFinished, test } from 'vitest'
import type { Clock } from '@/lib/clock'
import {
  appId,
  connectionTo,
  operatorUserId,
  serverSecret,
  setUpZego,
  startZegoEmulator,
} from '@/lib/testing/zego-stage'
import { describeProviderContract } from '../contract'
import { answer, errorOf, interactive } from '../http-stage'
import { createZegoProvider } from './provider'
import { connection, stage } from './stage'

describeProviderContract('ZEGO ZIM', setUpZego)

test.each([
  ['unified', ''],
  ['shanghai', '-sha'],
  ['hong-kong', '-hkg'],
  ['frankfurt', '-fra'],
  ['california', '-lax'],
  ['mumbai', '-bom'],
  ['singapore', '-sgp'],
] as const)('a connection of the region %s calls its own host', async (region, part) => {
  const provider = createZegoProvider({
    connection: { ...connection, region },
    throttle: { acquire: async () => {} },
  })
  expect(provider.origin).toBe(`https://zim-api${part}.zego.im`)
  await provider.close()
})

function provide(endpoint: string, clock?: Clock) {
  const provider = createZegoProvider({
    connection: connectionTo(endpoint),
    throttle: { acquire: async () => {} },
    clock,
    random: () => 0,
  })
  onTestFinished(() => provider.close())
  return provider
}

test('an operator that is no account can do nothing in groups until it is registered, which can be repeated', async () => {
  const { control, url } = await startZegoEmulator(false)
  await control.seed({ zego: { appId, groups: [{ id: '#g' }] } })
  const provider = provide(url)
  const mute = () => provider.setEveryoneMute({ groupId: '#g' }, 'forever', interactive)
  expect((await errorOf(mute())).options).toMatchObject({ providerCode: 660500002, effect: 'none' })
  await provider.registerOperator(interactive)
  await provider.registerOperator(interactive)
  await mute()
  expect((await control.zegoGroup('#g', appId)).everyone).toBe('forever')
})

test.each([
  ['in the list, code 0', { Code: 0, ErrorList: [{ UserId: 'x', SubCode: 660700002 }] }],
  ['in the list, another code', { Code: 1, ErrorList: [{ UserId: 'x', SubCode: 660700002 }] }],
  ['as the code', { Code: 660700002 }],
])('an operator that exists is registered: told %s', async (_, body) => {
  const { provider, requests } = await stage(answer(body))
  await provider.registerOperator(interactive)
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ UserInfo: [{ UserId: 'operator #1&x=y' }] })
})

test('an operator that could not be registered is told with the code of the account', async () => {
  const { provider } = await stage(answer({ Code: 0, ErrorList: [{ UserId: 'x', SubCode: 660000012 }] }))
  const error = await errorOf(provider.registerOperator(interactive))
  expect([error.kind, error.options.providerCode, error.options.effect]).toEqual([
    'refused',
    660000012,
    'none',
  ])
})

test('a signature that the provider calls expired is made again by the clock as it is then', async () => {
  const { control, url } = await startZegoEmulator()
  await control.seed({ zego: { appId, groups: [{ id: '#g' }] } })
  let reads = 0
  // The clock of this server was an hour late when the first signature was made: one reading for it, one for the answer.
  const clock = { now: () => Date.now() - (reads++ < 2 ? 3_600_000 : 0) }
  await provide(url, clock).getGroups(['#g'], interactive)
  expect((await control.calls()).map(({ code }) => code)).toEqual([100000004, 0])
})

test('accounts are asked about by one hundred; when none exists all are known to be missing', async () => {
  const { control, url } = await startZegoEmulator()
  const ids = Array.from({ length: 101 }, (_, index) => `nobody ${index}`)
  const existence = await provide(url).checkAccounts(ids, interactive)
  expect([...existence]).toEqual(ids.map((id) => [id, false]))
  expect(await control.calls()).toHaveLength(2)
  expect((await control.violations()).list).toEqual([])
})

test.each([
  ['plain ids by one hundred', 'a'.repeat(28), [100, 1]],
  ['ids that have to be encoded by what an address of 8 000 bytes holds', '#'.repeat(28), [73, 28]],
])('who is online is asked of %s', async (_, start, sizes) => {
  const { provider, requests } = await stage(answer({ Code: 0, Result: [] }))
  const ids = Array.from({ length: 101 }, (_id, index) => `${start}${String(index).padStart(4, '#')}`)
  await provider.getPresence(ids, interactive)
  const asked = requests.map(({ url }) => url.searchParams.getAll('UserId[]'))
  expect(asked.map((list) => list.length)).toEqual(sizes)
  expect(asked.flat()).toEqual(ids)
  for (const { url } of requests) expect(url.search.length).toBeLessThan(8_000)
})

test('an answer about an account that was not asked is not believed', async () => {
  const { provider } = await stage(answer({ Code: 0, Result: [{ UserId: 'a' }, { UserId: 'stranger' }] }))
  expect([...(await provider.checkAccounts(['a', 'b'], interactive))]).toEqual([['a', true]])
})

test('the groups with mutes are listed, all pages of them', async () => {
  const { control, url } = await startZegoEmulator()
  const muted = Array.from({ length: 30 }, (_, index) => ({ id: `#${index}`, everyone: 60 }))
  const group = { id: '#m', members: [{ id: 'a', muted: 'forever' as const }] }
  await control.seed({ zego: { appId, groups: [...muted, group, { id: '#free' }] } })
  const provider = provide(url)
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof provider.listMutedGroups>> = await provider.listMutedGroups(
      cursor,
      interactive,
    )
    found.push(...page.items.map(({ groupId }) => groupId))
    cursor = page.next
    if (cursor === null)
      expect(page.items.at(-1)).toEqual({ groupId: '#m', everyone: false, roles: false, members: true })
  } while (cursor !== null)
  expect(found.sort()).toEqual([...muted.map(({ id }) => id), '#m'].sort())
})

test('the secret and the operator stay in the request', async () => {
  const { url } = await startZegoEmulator()
  const error = await errorOf(provide(url).listJoinedGroups('nobody', null, interactive))
  expect(error.options.providerCode).toBe(660500002)
  for (const secret of [serverSecret, operatorUserId, url])
    expect(JSON.stringify(error)).not.toContain(secret)
})

test('ids that the provider cannot have are no accounts, and the others are answered for all the same', async () => {
  const { control, url } = await startZegoEmulator()
  await control.seed({ zego: { appId, users: [{ id: 'a b', name: 'Name', session: 'Online' }] } })
  const provider = provide(url)
  const ids = ['a b', 'a/b', '"', 'nobody']
  expect(Object.fromEntries(await provider.checkAccounts(ids, interactive))).toEqual({
    'a b': true,
    'a/b': false,
    '"': false,
    nobody: false,
  })
  expect([...(await provider.getProfiles(ids, interactive)).keys()]).toEqual(['a b'])
  expect([...(await provider.getPresence(ids, interactive)).keys()]).toEqual(['a b'])
  expect((await control.violations()).total).toBe(0)
})
