import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from './start'
import { callZego } from './testing/call-zego'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset('empty')
  await emulator.control.seed({
    zego: {
      users: [{ id: 'mod' }],
      groups: [
        {
          id: '#g',
          name: 'Lobby',
          members: [
            { id: 'owner', role: 1 },
            { id: 'lin88', muted: 'forever' },
          ],
          roles: { roles: [3, 101], muted: 'forever' },
        },
      ],
    },
  })
})

describe('the control of ZEGO groups', () => {
  it('shows a group past the API', async () => {
    expect(await emulator.control.zegoGroup('#g')).toEqual({
      appId: 1234567890,
      group: '#g',
      name: 'Lobby',
      everyone: null,
      roles: { roles: [3, 101], until: 'forever' },
      members: [
        { id: 'owner', role: 1, until: null },
        { id: 'lin88', role: 3, until: 'forever' },
      ],
    })
    expect(await emulator.control.calls()).toEqual([])
  })

  it('changes members as another console would', async () => {
    const after = await emulator.control.putZegoGroup({
      group: '#g',
      members: [
        { id: 'lin88', muted: null, role: 2 },
        { id: 'new', isMember: true, muted: 'forever' },
        { id: 'owner', isMember: false },
      ],
    })
    expect(after.members).toEqual([
      { id: 'lin88', role: 2, until: null },
      { id: 'new', role: 3, until: 'forever' },
    ])
    const entry = { source: 'elsewhere', random: null, group: '#g' }
    expect(await emulator.control.journal()).toMatchObject([
      { ...entry, account: 'lin88', changes: { member: { before: 'forever', after: null } } },
      { ...entry, account: 'new', changes: { membership: { before: false, after: true } } },
      { ...entry, account: 'new', changes: { member: { before: null, after: 'forever' } } },
      { ...entry, account: 'owner', changes: { membership: { before: true, after: false } } },
    ])
  })

  it('changes the group-level mute, one in place of the other', async () => {
    expect(await emulator.control.putZegoGroup({ group: '#g', everyone: 'forever' })).toMatchObject({
      everyone: 'forever',
      roles: { roles: [], until: null },
    })
    const roles = { roles: [2], muted: 'forever' as const }
    expect(await emulator.control.putZegoGroup({ group: '#g', roles })).toMatchObject({
      everyone: null,
      roles: { roles: [2], until: 'forever' },
    })
    expect(await emulator.control.putZegoGroup({ group: '#g', roles: null })).toMatchObject({
      everyone: null,
      roles: { roles: [], until: null },
    })
  })

  it('ends a group for good', async () => {
    await emulator.control.dissolveZegoGroup('#g')
    await expect(emulator.control.zegoGroup('#g')).rejects.toThrow('has no group "#g"')
    expect((await emulator.control.journal()).map(({ changes }) => changes.membership?.after)).toEqual([
      false,
      false,
    ])
    const { json } = await callZego(emulator.url, 'QueryGroupMemberList', { GroupId: '#g' })
    expect(json).toMatchObject({ Code: 660600001 })
  })

  it('forgets it all with a reset', async () => {
    await callZego(emulator.url, 'MuteGroup', { FromUserId: 'mod', GroupId: '#g', Duration: 0 })
    expect(await emulator.control.tips()).toHaveLength(1)
    await emulator.control.reset()
    expect(await emulator.control.tips()).toEqual([])
    await expect(emulator.control.zegoGroup('#g')).rejects.toThrow('has no group')
  })

  it.each([
    ['POST', 'seed', '{"zego":{"users":[{"id":"林"}]}}', 'user id'],
    ['POST', 'seed', '{"zego":{"groups":[{"id":"a b"}]}}', 'group id'],
    ['POST', 'seed', '{"zego":{"appId":5,"users":[{"id":"a"}]}}', 'no ZEGO app 5'],
    ['POST', 'seed', '{"zego":{"user":[]}}', 'user'],
    [
      'POST',
      'seed',
      '{"zego":{"groups":[{"id":"a","members":[{"id":"a","role":1},{"id":"b","role":1}]}]}}',
      'one owner',
    ],
    [
      'POST',
      'seed',
      '{"zego":{"groups":[{"id":"a","everyone":60,"roles":{"roles":[3],"muted":60}}]}}',
      'never muted together',
    ],
    ['PUT', 'zego/group', '{"group":"#g","members":[{"id":"stranger","muted":60}]}', 'has no member'],
    [
      'PUT',
      'zego/group',
      '{"group":"#g","everyone":60,"roles":{"roles":[3],"muted":60}}',
      'never muted together',
    ],
    ['PUT', 'zego/group', '{"group":"gone"}', 'has no group'],
    ['DELETE', 'zego/group', '{"group":"gone"}', 'has no group'],
  ])('%s %s refuses %s with its reason', async (method, path, body, reason) => {
    const response = await fetch(`${emulator.controlUrl}/${path}`, { method, body })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining(reason) })
  })
})
