import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'
import { GROUP, seedGroupWorld, TOPIC } from '../testing/group-world'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(() => seedGroupWorld(emulator.control))

const FOREVER = 4294967295

const mute = async (body: object) => (await callProvider(emulator.url, 'forbid_send_msg', body)).json
const muted = async (GroupId: string, more: object = {}) =>
  (await callProvider(emulator.url, 'get_group_muted_account', { GroupId, ...more })).json
const setAll = async (body: object) => (await callProvider(emulator.url, 'modify_group_base_info', body)).json
const OK = { ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 }

async function nowSeconds(): Promise<number> {
  return Math.floor((await emulator.control.clock()).mutesNow / 1000)
}

async function untilOf(group: string, id: string) {
  const { members } = await emulator.control.group(group)
  return members.find((member) => member.id === id)?.until
}

describe('forbid_send_msg and get_group_muted_account', () => {
  it('mute members until an instant in Unix seconds, and for ever', async () => {
    const from = await nowSeconds()
    expect(await mute({ GroupId: GROUP.public, Members_Account: ['carol'], MuteTime: 60 })).toEqual(OK)
    await mute({ GroupId: GROUP.public, Members_Account: ['dave'], MuteTime: FOREVER })
    const to = await nowSeconds()
    expect(await muted(GROUP.public)).toEqual({
      ...OK,
      GroupId: GROUP.public,
      MutedAccountList: [
        {
          Member_Account: 'carol',
          MutedUntil: expect.toSatisfy((end) => end >= from + 60 && end <= to + 60),
        },
        { Member_Account: 'dave', MutedUntil: FOREVER },
      ],
    })
  })

  it('lift with 0', async () => {
    await mute({ GroupId: GROUP.public, Members_Account: ['carol', 'dave'], MuteTime: FOREVER })
    await mute({ GroupId: GROUP.public, Members_Account: ['carol'], MuteTime: 0 })
    expect(await muted(GROUP.public)).toMatchObject({ MutedAccountList: [{ Member_Account: 'dave' }] })
  })

  it('keep an ended mute in the list, with the end that has passed', async () => {
    await mute({ GroupId: GROUP.public, Members_Account: ['carol'], MuteTime: 60 })
    await emulator.control.advanceClock(61)
    const now = await nowSeconds()
    expect(await muted(GROUP.public)).toMatchObject({
      MutedAccountList: [{ Member_Account: 'carol', MutedUntil: expect.toSatisfy((end) => end < now) }],
    })
    expect(await untilOf(GROUP.public, 'carol')).toBeNull()
  })

  it('mute owner and admins, pass over who is no member, and take one named twice once', async () => {
    const ids = ['alice', 'bob', 'eve', 'nobody', 'carol', 'carol']
    expect(await mute({ GroupId: GROUP.public, Members_Account: ids, MuteTime: FOREVER })).toEqual(OK)
    const journal = await emulator.control.journal()
    expect(journal.map(({ account }) => account)).toEqual(['alice', 'bob', 'carol'])
    expect((await emulator.control.violations()).counts).toEqual({ 'repeated-account': 1 })
  })

  it('write one entry for each account, and tell the group once', async () => {
    const body = { GroupId: GROUP.public, Members_Account: ['carol', 'dave'], MuteTime: 60 }
    await mute(body)
    await mute({ ...body, MuteTime: FOREVER })
    const journal = await emulator.control.journal()
    const until = journal[0]?.changes.member?.after
    expect(until).toEqual(expect.any(Number))
    expect(journal).toMatchObject([
      { source: 'api', account: 'carol', group: GROUP.public, topic: null, random: FOREVER },
      { account: 'dave', changes: { member: { before: null, after: until } } },
      { account: 'carol', changes: { member: { before: until, after: 'forever' } } },
      { account: 'dave', changes: { member: { before: until, after: 'forever' } } },
    ])
    const tip = { group: GROUP.public, kind: 'member-mute', operator: 'administrator' }
    const { mutesNow } = await emulator.control.clock()
    expect(await emulator.control.tips()).toEqual([
      { ...tip, seq: 1, at: expect.any(Number), appId: 1400000000, accounts: ['carol', 'dave'] },
      {
        ...tip,
        seq: 2,
        at: expect.toSatisfy((at) => at <= mutesNow),
        appId: 1400000000,
        accounts: ['carol', 'dave'],
      },
    ])
    expect(await emulator.control.tips(1)).toHaveLength(1)
  })

  it('tell nobody when nobody was affected', async () => {
    await mute({ GroupId: GROUP.public, Members_Account: ['eve'], MuteTime: 60 })
    expect(await emulator.control.tips()).toEqual([])
    expect(await emulator.control.journal()).toEqual([])
  })

  it('hold a mute for somebody who leaves and comes back', async () => {
    await mute({ GroupId: GROUP.public, Members_Account: ['carol'], MuteTime: FOREVER })
    await callProvider(emulator.url, 'delete_group_member', {
      GroupId: GROUP.public,
      MemberToDel_Account: ['carol'],
    })
    await emulator.control.putGroup({ group: GROUP.public, members: [{ id: 'carol', isMember: true }] })
    expect(await untilOf(GROUP.public, 'carol')).toBe('forever')
  })

  it('take 500 accounts and refuse 501', async () => {
    const body = (count: number) => ({
      GroupId: GROUP.public,
      Members_Account: Array.from({ length: count }, (_, index) => `user${index}`),
      MuteTime: 60,
    })
    expect(await mute(body(500))).toEqual(OK)
    expect(await mute(body(501))).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 10004 })
    expect((await emulator.control.violations()).counts).toEqual({ 'batch-too-large': 1 })
  })

  it.each([GROUP.public, GROUP.meeting, GROUP.live, GROUP.community, GROUP.plain])(
    'are for %s, and the others keep what they have',
    async (GroupId) => {
      expect(await mute({ GroupId, Members_Account: ['carol'], MuteTime: FOREVER })).toEqual(OK)
      const journal = await emulator.control.journal()
      expect(journal.map(({ group }) => group)).toEqual([GroupId])
      expect(await muted(GroupId)).toMatchObject({ MutedAccountList: [{ Member_Account: 'carol' }] })
    },
  )

  it('are not for Private groups, whose list of the muted is empty', async () => {
    expect(await mute({ GroupId: GROUP.work, Members_Account: ['carol'], MuteTime: 60 })).toMatchObject({
      ErrorCode: 10007,
    })
    expect((await emulator.control.violations()).counts).toEqual({ 'bad-group-type': 1 })
    expect(await muted(GROUP.work)).toMatchObject({ ErrorCode: 0, MutedAccountList: [] })
  })

  const carol = { GroupId: GROUP.public, Members_Account: ['carol'], MuteTime: 60 }

  it.each([
    [{ ...carol, GroupId: undefined }, 10004, 'bad-body'],
    [{ ...carol, GroupId: 7 }, 10004, 'bad-body'],
    [{ ...carol, GroupId: '' }, 10015, 'bad-group-id'],
    [{ ...carol, GroupId: '群' }, 10015, 'bad-group-id'],
    [{ ...carol, GroupId: 'x'.repeat(49) }, 10015, 'bad-group-id'],
    [{ ...carol, Members_Account: [] }, 10004, 'bad-body'],
    [{ ...carol, Members_Account: 'carol' }, 10004, 'bad-body'],
    [{ ...carol, Members_Account: ['x'.repeat(33)] }, 10004, 'bad-account-id'],
    [{ ...carol, MuteTime: undefined }, 10004, 'bad-body'],
    [{ ...carol, MuteTime: '60' }, 10004, 'bad-body'],
    [{ ...carol, MuteTime: -1 }, 10004, 'bad-body'],
    [{ ...carol, MuteTime: 4294967296 }, 10004, 'bad-body'],
    [{ ...carol, TopicId: 5 }, 10004, 'bad-body'],
    [{ ...carol, TopicId: TOPIC.news }, 10015, 'bad-group-id'],
    [{ ...carol, TopicId: `${GROUP.public}@TOPIC#_x` }, 11000, 'bad-group-type'],
    [{ ...carol, TopicId: `${GROUP.public}@TOPIC#_${'x'.repeat(96)}` }, 10015, 'bad-group-id'],
    [{ ...carol, ShutUpTime: 60, MuteTime: undefined }, 10004, 'bad-body'],
  ] as const)('forbid_send_msg refuses %j with %i and changes nothing', async (body, code, kind) => {
    expect(await mute(body)).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: code })
    expect((await emulator.control.violations()).counts).toMatchObject({ [kind]: 1 })
    expect(await emulator.control.journal()).toEqual([])
  })

  it('answer 10010 for a group that does not exist, which breaks no rule', async () => {
    expect(await mute({ ...carol, GroupId: '@TGS#2GONE' })).toMatchObject({ ErrorCode: 10010 })
    expect(await muted('@TGS#2GONE')).toMatchObject({ ErrorCode: 10010 })
    expect((await emulator.control.violations()).total).toBe(0)
  })

  it('have a code of their own for no administrator', async () => {
    const stranger = await callProvider(emulator.url, 'forbid_send_msg', carol, { identifier: 'carol' })
    expect(stranger.json).toMatchObject({ ErrorCode: 10007 })
    expect((await emulator.control.violations()).counts).toEqual({ 'not-admin': 1 })
  })

  it('answer with the names of before 2022 in an app that has them', async () => {
    await emulator.control.seed({
      apps: [{ appId: 7, secretKey: 'key', admins: ['root'], hasLegacyNames: true }],
      appId: 7,
      accounts: [{ id: 'carol' }],
      groups: [{ id: 'old', type: 'Public', name: 'Old', members: [{ id: 'carol', muted: 'forever' }] }],
    })
    const changes = { appId: 7, secretKey: 'key', identifier: 'root' }
    const list = await callProvider(emulator.url, 'get_group_muted_account', { GroupId: 'old' }, changes)
    expect(list.json).toEqual({
      ...OK,
      GroupId: 'old',
      ShuttedUinList: [{ Member_Account: 'carol', ShuttedUntil: FOREVER }],
    })
    const member = { GroupId: 'old', Member_List_Account: ['carol'], MemberInfoFilter: ['MuteUntil'] }
    const info = await callProvider(emulator.url, 'get_specified_group_member_info', member, changes)
    expect(info.json).toMatchObject({ MemberList: [{ Member_Account: 'carol', ShutUpUntil: FOREVER }] })
    const base = { GroupIdList: ['old'], ResponseFilter: { GroupBaseInfoFilter: ['MuteAllMember'] } }
    const groups = await callProvider(emulator.url, 'get_group_info', base, changes)
    expect(groups.json).toMatchObject({ GroupInfo: [{ GroupId: 'old', ShutUpAllMember: 'Off' }] })
  })
})

describe('modify_group_base_info', () => {
  it.each(Object.values(GROUP))('mutes everybody in %s until it is switched off', async (GroupId) => {
    expect(await setAll({ GroupId, MuteAllMember: 'On' })).toEqual(OK)
    expect((await emulator.control.group(GroupId)).muteAll).toBe(true)
    expect(await setAll({ GroupId, MuteAllMember: 'Off' })).toEqual(OK)
    expect((await emulator.control.group(GroupId)).muteAll).toBe(false)
    expect(await emulator.control.journal()).toMatchObject([
      { account: null, group: GroupId, changes: { everyone: { before: null, after: 'forever' } } },
      { account: null, group: GroupId, changes: { everyone: { before: 'forever', after: null } } },
    ])
    expect(await emulator.control.tips()).toMatchObject([
      { group: GroupId, kind: 'group-mute', accounts: [] },
      { group: GroupId, kind: 'group-mute', accounts: [] },
    ])
  })

  it('leaves the members their own mutes', async () => {
    await mute({ GroupId: GROUP.public, Members_Account: ['carol'], MuteTime: FOREVER })
    await setAll({ GroupId: GROUP.public, MuteAllMember: 'On' })
    await setAll({ GroupId: GROUP.public, MuteAllMember: 'Off' })
    expect(await untilOf(GROUP.public, 'carol')).toBe('forever')
  })

  it.each([
    [{ MuteAllMember: 'On' }, 10004],
    [{ GroupId: GROUP.public }, 10004],
    [{ GroupId: GROUP.public, MuteAllMember: 'on' }, 10004],
    [{ GroupId: GROUP.public, MuteAllMember: true }, 10004],
    [{ GroupId: GROUP.public, ShutUpAllMember: 'On' }, 10004],
    [{ GroupId: '@TGS#2GONE', MuteAllMember: 'On' }, 10010],
  ])('refuses %j with %i and changes nothing', async (body, code) => {
    expect(await setAll(body)).toMatchObject({ ErrorCode: code })
    expect(await emulator.control.journal()).toEqual([])
  })
})
