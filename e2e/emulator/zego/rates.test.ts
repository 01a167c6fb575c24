import { afterEach, expect, it } from 'vitest'
import type { ZegoAction } from '../schemas'
import { type Emulator, startEmulator } from '../start'
import { callZego } from '../testing/call-zego'

let emulator: Emulator
afterEach(() => emulator.close())

const seed = { zego: { users: [{ id: 'mod' }], groups: [{ id: 'g', members: [{ id: 'a' }] }] } }

it.each([
  ['MuteGroup', 20, 660300005, { FromUserId: 'mod', GroupId: 'g', Duration: 0 }],
  ['QueryGroupMemberList', 20, 660600004, { GroupId: 'g' }],
  ['KickoutGroupUser', 20, 660600005, { FromUserId: 'mod', GroupId: 'g', UserId: ['a'] }],
  ['UserRegister', 20, 660700001, { UserInfo: [{ UserId: 'a' }] }],
  ['QueryAppGroupList', 1, 660600007, {}],
] satisfies [ZegoAction, number, number, object][])(
  '%s takes %d a second',
  async (action, limit, code, params) => {
    let now = 0
    emulator = await startEmulator({ monotonicNow: () => now })
    await emulator.control.seed(seed)
    for (let sent = 0; sent < limit; sent += 1) {
      expect((await callZego(emulator.url, action, params)).json).not.toMatchObject({ Code: code })
    }
    expect((await callZego(emulator.url, action, params)).json).toMatchObject({ Code: code })
    now = 1_000
    expect((await callZego(emulator.url, action, params)).json).not.toMatchObject({ Code: code })
    expect((await emulator.control.violations()).counts).toEqual({ 'over-limit': 1 })
    expect(await emulator.control.stats()).toMatchObject({
      overLimit: 1,
      apis: [{ appId: 1234567890, api: action, limitPerSecond: limit, received: limit + 2, overLimit: 1 }],
    })
  },
)

it('an Action has a limit of its own, and it can be bought up', async () => {
  emulator = await startEmulator({
    zegoApps: [{ appId: 5, serverSecret: 'own', limits: { QueryAppGroupList: 2 } }],
    monotonicNow: () => 0,
  })
  const list = () => callZego(emulator.url, 'QueryAppGroupList', {}, { appId: 5, serverSecret: 'own' })
  expect((await list()).json).toMatchObject({ Code: 0 })
  expect((await list()).json).toMatchObject({ Code: 0 })
  expect((await list()).json).toMatchObject({ Code: 660600007 })
})
