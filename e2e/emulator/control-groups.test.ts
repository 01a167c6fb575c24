import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GroupInput } from './control'
import { type Emulator, startEmulator } from './start'
import { callProvider } from './testing/call-provider'
import { GROUP, seedGroupWorld, TOPIC } from './testing/group-world'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(() => seedGroupWorld(emulator.control))

describe('the control API of groups', () => {
  it('gives a group with its members, mutes and topics', async () => {
    expect(await emulator.control.group(GROUP.community)).toEqual({
      appId: 1400000000,
      group: GROUP.community,
      type: 'Community',
      name: 'Topics',
      owner: 'alice',
      muteAll: false,
      members: [
        { id: 'alice', role: 'Owner', until: null },
        { id: 'bob', role: 'Admin', until: null },
        { id: 'carol', role: 'Member', until: null },
        { id: 'dave', role: 'Member', until: null },
      ],
      topics: [
        { id: TOPIC.news, name: 'News', muteAll: true, members: [] },
        {
          id: TOPIC.talk,
          name: 'Talk',
          muteAll: false,
          members: [{ id: 'carol', until: expect.any(Number) }],
        },
      ],
    })
  })

  it('changes a group as another console would', async () => {
    const state = await emulator.control.putGroup({
      group: GROUP.community,
      muteAll: true,
      members: [
        { id: 'carol', muted: 'forever' },
        { id: 'dave', isMember: false },
        { id: 'eve', isMember: true, role: 'Admin', muted: 60 },
        { id: 'bob', role: 'Member' },
        { id: 'alice', role: 'Member' },
      ],
      topics: [{ id: TOPIC.talk, muteAll: true, members: [{ id: 'carol', muted: null }] }],
    })
    expect(state).toMatchObject({
      muteAll: true,
      members: [
        { id: 'alice', role: 'Owner', until: null },
        { id: 'bob', role: 'Member' },
        { id: 'carol', until: 'forever' },
        { id: 'eve', role: 'Admin', until: expect.any(Number) },
      ],
      topics: [{ id: TOPIC.news }, { id: TOPIC.talk, muteAll: true, members: [] }],
    })
    const common = { source: 'elsewhere', group: GROUP.community, random: null }
    expect(await emulator.control.journal()).toMatchObject([
      { ...common, account: 'dave', changes: { membership: { before: true, after: false } } },
      { ...common, account: 'eve', changes: { membership: { before: false, after: true } } },
      { ...common, account: 'carol', topic: null, changes: { member: { before: null, after: 'forever' } } },
      { ...common, account: 'eve', changes: { member: { before: null } } },
      { ...common, account: null, changes: { everyone: { before: null, after: 'forever' } } },
      { ...common, account: 'carol', topic: TOPIC.talk, changes: { member: { after: null } } },
      { ...common, account: null, topic: TOPIC.talk, changes: { everyone: { after: 'forever' } } },
    ])
    expect(await emulator.control.calls()).toEqual([])
  })

  it('dissolves a group', async () => {
    await emulator.control.dissolveGroup(GROUP.public)
    const body = { GroupId: GROUP.public, User_Account: ['carol'] }
    const role = await callProvider(emulator.url, 'get_role_in_group', body)
    expect(role.json).toMatchObject({ ErrorCode: 10010 })
    await expect(emulator.control.group(GROUP.public)).rejects.toThrow('has no group')
  })

  it('forgets groups, messages and tips with a reset', async () => {
    const body = { GroupId: GROUP.public, MuteAllMember: 'On' }
    await callProvider(emulator.url, 'modify_group_base_info', body)
    expect(await emulator.control.tips()).toHaveLength(1)
    await emulator.control.reset()
    expect(await emulator.control.tips()).toEqual([])
    await expect(emulator.control.group(GROUP.public)).rejects.toThrow('has no group')
  })

  it.each([
    [{ group: 'gone', muteAll: true }, 'has no group'],
    [{ group: GROUP.public, members: [{ id: 'nobody', isMember: true }] }, 'has no account'],
    [{ group: GROUP.public, muteAll: true, topics: [{ id: TOPIC.news }] }, 'has no topic'],
    [{ group: GROUP.community, muteAll: true, topics: [{ id: 'gone' }] }, 'has no topic'],
    [{ group: GROUP.public, members: [{ id: 'carol', muted: 0 }] }, 'muted'],
    [{ appId: 5, group: GROUP.public }, 'there is no app 5'],
  ] satisfies [GroupInput, string][])('refuses to change %j, and changes nothing', async (input, reason) => {
    await expect(emulator.control.putGroup(input)).rejects.toThrow(reason)
    expect(await emulator.control.journal()).toEqual([])
  })

  const group = { id: '@TGS#2NEW', type: 'Public', name: 'New' } as const

  it.each([
    [{ groups: [{ ...group, owner: 'nobody' }] }, 'has no account'],
    [{ groups: [{ ...group, members: [{ id: 'nobody' }] }] }, 'has no account'],
    [{ groups: [{ ...group, id: '@TGS#_new' }] }, '@TGS#_'],
    [{ groups: [{ ...group, type: 'Community' as const }] }, '@TGS#_'],
    [{ groups: [{ ...group, topics: [] }] }, 'only a community'],
    [{ groups: [{ ...group, id: 'x'.repeat(49) }] }, '48 bytes'],
    [
      {
        groups: [
          {
            ...group,
            id: '@TGS#_new',
            type: 'Community' as const,
            topics: [{ id: TOPIC.news, name: 'News' }],
          },
        ],
      },
      '@TOPIC#_',
    ],
    [{ peerMessages: [{ from: 'alice', to: 'nobody', secondsAgo: 1 }] }, 'has no account'],
  ])('refuses to seed %j', async (input, reason) => {
    await expect(emulator.control.seed(input)).rejects.toThrow(reason)
  })
})
