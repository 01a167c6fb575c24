import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { callZego } from '../testing/call-zego'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({
    zego: {
      users: [{ id: 'mod' }],
      groups: [
        {
          id: '#a&b=c%d',
          members: [
            { id: 'owner', role: 1 },
            { id: 'admin', role: 2 },
            { id: 'lin88', muted: 600 },
            { id: 'guest', role: 101 },
          ],
        },
      ],
    },
  })
})

const GROUP = '#a&b=c%d'
const mute = async (params: object) =>
  (await callZego(emulator.url, 'MuteGroup', { FromUserId: 'mod', GroupId: GROUP, ...params })).json
const info = async () =>
  (await callZego(emulator.url, 'QueryGroupInfo', { FromUserId: 'mod', GroupId: GROUP })).json
const counts = async () => (await emulator.control.violations()).counts
const endIn = async (seconds: number) => {
  const { mutesNow } = await emulator.control.clock()
  return (Math.floor(mutesNow / 1000) + seconds) * 1000
}
/** Within two seconds, which a slow machine may take between the call and the reading of the clock. */
const about = (value: unknown, end: number) =>
  expect(Math.abs(Number(value) - end)).toBeLessThanOrEqual(2_000)

describe('MuteGroup', () => {
  it('mutes everyone for a time, for ever, and lifts', async () => {
    expect(await mute({ IsAllMuted: true, Duration: 3600 })).toMatchObject({ Code: 0 })
    const { everyone } = await emulator.control.zegoGroup(GROUP)
    about(everyone, await endIn(3600))
    expect(await info()).toMatchObject({ IsAllForbid: true, ForbidList: [], ForbidExpireTime: everyone })
    await mute({ IsAllMuted: true, Duration: -1 })
    expect(await info()).toMatchObject({ IsAllForbid: true, ForbidExpireTime: -1 })
    await mute({ Duration: 0 })
    expect(await info()).toMatchObject({ IsAllForbid: false, ForbidList: [], ForbidExpireTime: 0 })
    expect(await counts()).toEqual({})
  })

  it('replaces the list of roles, and everyone with roles', async () => {
    await mute({ IsAllMuted: true, Duration: -1 })
    await mute({ IsAllMuted: false, MuteRoleList: [3, 101], Duration: 60 })
    await mute({ MuteRoleList: [101], Duration: -1 })
    expect(await info()).toMatchObject({ IsAllForbid: false, ForbidList: [101], ForbidExpireTime: -1 })
    expect(await emulator.control.journal()).toMatchObject([
      { account: null, group: GROUP, changes: { everyone: { before: null, after: 'forever' } } },
      { changes: { everyone: { before: 'forever', after: null }, roles: { after: { roles: [3, 101] } } } },
      { changes: { roles: { before: { roles: [3, 101] }, after: { roles: [101], until: 'forever' } } } },
    ])
  })

  it('counts from now when it is set again, and is over by itself', async () => {
    await mute({ IsAllMuted: true, Duration: 3600 })
    await emulator.control.advanceClock(100)
    await mute({ IsAllMuted: true, Duration: 60 })
    about((await emulator.control.zegoGroup(GROUP)).everyone, await endIn(60))
    await emulator.control.advanceClock(62, 'mutes')
    expect(await info()).toMatchObject({ IsAllForbid: false, ForbidExpireTime: 0 })
  })

  it('leaves the mutes of members alone', async () => {
    const before = (await emulator.control.zegoGroup(GROUP)).members
    await mute({ IsAllMuted: true, Duration: 60 })
    await mute({ Duration: 0 })
    expect((await emulator.control.zegoGroup(GROUP)).members).toEqual(before)
  })

  it('lifts without Duration, and counts that', async () => {
    await mute({ IsAllMuted: true, Duration: -1 })
    expect(await mute({ IsAllMuted: true })).toMatchObject({ Code: 0 })
    expect((await emulator.control.zegoGroup(GROUP)).everyone).toBeNull()
    expect(await counts()).toEqual({ 'implicit-duration': 1 })
  })

  it('counts the name that only answers have, and roles beside everyone', async () => {
    await mute({ IsAllForbid: true, Duration: 0 })
    await mute({ IsAllMuted: true, MuteRoleList: [3], Duration: 60 })
    expect(await counts()).toEqual({ 'unknown-query-parameter': 1, 'bad-query': 1 })
    expect((await emulator.control.zegoGroup(GROUP)).roles).toEqual({ roles: [], until: null })
  })

  it.each([
    ['a time for nobody', { Duration: 60 }, 'bad-query'],
    ['more than thirty days', { IsAllMuted: true, Duration: 2_592_001 }, 'bad-query'],
    ['less than for ever', { IsAllMuted: true, Duration: -2 }, 'bad-query'],
    ['a truth in digits', { IsAllMuted: 1, Duration: 60 }, 'bad-query'],
    ['role 0', { MuteRoleList: [0], Duration: 60 }, 'bad-query'],
    [
      '21 roles',
      { MuteRoleList: Array.from({ length: 21 }, (_, i) => 100 + i), Duration: 60 },
      'batch-too-large',
    ],
    ['a group id over 32 bytes', { GroupId: 'g'.repeat(33), Duration: 0 }, 'bad-group-id'],
    ['a group id in Chinese', { GroupId: '群', Duration: 0 }, 'bad-group-id'],
    ['an operator id with a space', { FromUserId: 'm d', Duration: 0 }, 'bad-account-id'],
  ])('refuses %s', async (_, params, kind) => {
    expect(await mute(params)).toMatchObject({ Code: 660000002 })
    expect(await counts()).toEqual({ [kind]: 1 })
    expect(await emulator.control.journal()).toEqual([])
  })

  it('takes thirty days, twenty roles, hyphens and apostrophes', async () => {
    await emulator.control.seed({ zego: { users: [{ id: "team-mod'" }] } })
    const roles = Array.from({ length: 20 }, (_, index) => 101 + index)
    const params = { FromUserId: "team-mod'", MuteRoleList: roles, Duration: 2_592_000 }
    expect(await mute(params)).toMatchObject({ Code: 0 })
    expect(await counts()).toEqual({})
  })

  it('answers 660600001 for a group that does not exist, which breaks no rule', async () => {
    expect(await mute({ GroupId: 'gone', Duration: 0 })).toMatchObject({ Code: 660600001 })
    expect(await counts()).toEqual({})
  })

  it.each([
    ['an operator who is not registered', { FromUserId: 'ghost' }, 660500002],
    ['a plain member', { FromUserId: 'lin88' }, 660600032],
    ["a member with the customer's own role", { FromUserId: 'guest' }, 660600032],
    [
      'an administrator who mutes the owner',
      { FromUserId: 'admin', IsAllMuted: false, MuteRoleList: [1, 3] },
      660600032,
    ],
    ['an administrator who mutes everyone', { FromUserId: 'admin' }, 660600032],
  ])('refuses %s', async (_, params, code) => {
    expect(await mute({ IsAllMuted: true, Duration: 60, ...params })).toMatchObject({ Code: code })
    expect(await counts()).toEqual({ 'not-permitted': 1 })
    expect(await emulator.control.journal()).toEqual([])
  })

  it('lets the owner mute all, an administrator roles and lift, and tells the group by whom', async () => {
    expect(await mute({ FromUserId: 'owner', IsAllMuted: true, Duration: 60 })).toMatchObject({ Code: 0 })
    expect(await mute({ FromUserId: 'admin', MuteRoleList: [2, 3], Duration: 60 })).toMatchObject({ Code: 0 })
    expect(await mute({ FromUserId: 'admin', Duration: 0 })).toMatchObject({ Code: 0 })
    const tip = { appId: 1234567890, group: GROUP, kind: 'group-mute', accounts: [] }
    expect(await emulator.control.tips()).toMatchObject([
      { ...tip, operator: 'owner' },
      { ...tip, operator: 'admin' },
      { ...tip, operator: 'admin' },
    ])
  })
})
