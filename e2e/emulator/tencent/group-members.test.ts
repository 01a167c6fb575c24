import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ApiName } from '../schemas'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'
import { GROUP, seedGroupWorld } from '../testing/group-world'

let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
beforeEach(() => seedGroupWorld(emulator.control))

const GroupId = GROUP.public
const call = async (api: ApiName, body: object) => (await callProvider(emulator.url, api, body)).json
const names = (count: number) => Array.from({ length: count }, (_, index) => `user${index}`)
const violations = async () => (await emulator.control.violations()).counts

const pageSchema = z.object({
  Next: z.string().optional(),
  MemberNum: z.number(),
  MemberList: z.array(z.object({ Member_Account: z.string() })),
})

async function membersOf(body: object) {
  const page = pageSchema.parse(await call('get_group_member_info', body))
  return { ...page, ids: page.MemberList.map(({ Member_Account }) => Member_Account) }
}

describe('get_group_member_info', () => {
  it('gives the profiles of the members, mutes in Unix seconds also when they have passed', async () => {
    await emulator.control.putGroup({
      group: GroupId,
      members: [
        { id: 'carol', muted: 60 },
        { id: 'dave', muted: 'forever' },
      ],
    })
    await emulator.control.advanceClock(120)
    const now = Math.floor((await emulator.control.clock()).mutesNow / 1000)
    const answer = await call('get_group_member_info', { GroupId, Limit: 100, Offset: 0 })
    const common = { JoinTime: expect.any(Number), MsgSeq: 0, MsgFlag: 'AcceptAndNotify', LastSendMsgTime: 0 }
    expect(answer).toEqual({
      ActionStatus: 'OK',
      ErrorInfo: '',
      ErrorCode: 0,
      MemberNum: 4,
      MemberList: [
        { ...common, Member_Account: 'alice', Role: 'Owner', NameCard: '', MuteUntil: 0 },
        { ...common, Member_Account: 'bob', Role: 'Admin', NameCard: 'B', MuteUntil: 0 },
        {
          ...common,
          Member_Account: 'carol',
          Role: 'Member',
          NameCard: '',
          MuteUntil: expect.toSatisfy((end) => end > 0 && end < now),
        },
        { ...common, Member_Account: 'dave', Role: 'Member', NameCard: '', MuteUntil: 4294967295 },
      ],
    })
  })

  it('pages with Offset', async () => {
    expect((await membersOf({ GroupId, Limit: 3, Offset: 0 })).ids).toEqual(['alice', 'bob', 'carol'])
    const last = await membersOf({ GroupId, Limit: 3, Offset: 3 })
    expect(last).toMatchObject({ ids: ['dave'], MemberNum: 4 })
    expect(last.Next).toBeUndefined()
  })

  it('pages with Next in a community, empty at first and at last', async () => {
    const first = await membersOf({ GroupId: GROUP.community, Limit: 3, Next: '' })
    expect(first.ids).toEqual(['alice', 'bob', 'carol'])
    expect(Number(first.Next)).toBeGreaterThan(Number.MAX_SAFE_INTEGER)
    const last = await membersOf({ GroupId: GROUP.community, Limit: 3, Next: first.Next })
    expect(last).toMatchObject({ ids: ['dave'], Next: '' })
  })

  it('gives only the roles and fields asked for', async () => {
    const body = { GroupId, MemberRoleFilter: ['Owner', 'Admin'], MemberInfoFilter: ['MuteUntil'], Limit: 10 }
    expect(await call('get_group_member_info', body)).toMatchObject({
      MemberNum: 4,
      MemberList: [
        { Member_Account: 'alice', MuteUntil: 0 },
        { Member_Account: 'bob', MuteUntil: 0 },
      ],
    })
    expect(JSON.stringify(await call('get_group_member_info', body))).not.toContain('Role')
  })

  it.each([
    [{ GroupId, Limit: 101 }, 10004, 'batch-too-large'],
    [{ GroupId, Limit: 0 }, 10004, 'bad-body'],
    [{ GroupId, Offset: '0' }, 10004, 'bad-body'],
    [{ GroupId, Next: '' }, 10004, 'bad-group-type'],
    [{ GroupId: GROUP.community, Limit: 100 }, 10004, 'bad-body'],
    [{ GroupId: GROUP.community, Offset: 0, Next: '' }, 10004, 'bad-group-type'],
    [{ GroupId: GROUP.community, Next: 'x' }, 10004, 'bad-body'],
    [{ GroupId: GROUP.live }, 10007, 'bad-group-type'],
    [{ GroupId, MemberRoleFilter: ['NotMember'] }, 10004, 'bad-body'],
    [{ GroupId, MemberInfoFilter: 'Role' }, 10004, 'bad-body'],
  ] as const)('refuses %j with %i', async (body, code, kind) => {
    expect(await call('get_group_member_info', body)).toMatchObject({ ErrorCode: code })
    expect(await violations()).toEqual({ [kind]: 1 })
  })

  it('counts a filter that names what is no field', async () => {
    await call('get_group_member_info', { GroupId, MemberInfoFilter: ['ShutUpUntil'] })
    expect(await violations()).toEqual({ 'unknown-field': 1 })
  })
})

describe('get_specified_group_member_info', () => {
  it('gives those who are members', async () => {
    const body = { GroupId, Member_List_Account: ['dave', 'eve', 'bob'], MemberInfoFilter: ['Role'] }
    expect(await call('get_specified_group_member_info', body)).toEqual({
      ActionStatus: 'OK',
      ErrorInfo: '',
      ErrorCode: 0,
      GroupId,
      MemberList: [
        { Member_Account: 'dave', Role: 'Member' },
        { Member_Account: 'bob', Role: 'Admin' },
      ],
    })
  })

  it('takes 50 accounts and refuses 51, and an AVChatRoom', async () => {
    const body = (count: number) => ({ GroupId, Member_List_Account: names(count) })
    expect(await call('get_specified_group_member_info', body(50))).toMatchObject({ ErrorCode: 0 })
    expect(await call('get_specified_group_member_info', body(51))).toMatchObject({ ErrorCode: 10005 })
    const live = { GroupId: GROUP.live, Member_List_Account: ['carol'] }
    expect(await call('get_specified_group_member_info', live)).toMatchObject({ ErrorCode: 10007 })
    expect(await violations()).toEqual({ 'batch-too-large': 1, 'bad-group-type': 1 })
  })
})

describe('get_role_in_group', () => {
  it('says of each account what it is', async () => {
    const body = { GroupId, User_Account: ['eve', 'alice', 'bob', 'carol', 'nobody'] }
    expect(await call('get_role_in_group', body)).toEqual({
      ActionStatus: 'OK',
      ErrorInfo: '',
      ErrorCode: 0,
      UserIdList: [
        { Member_Account: 'eve', Role: 'NotMember' },
        { Member_Account: 'alice', Role: 'Owner' },
        { Member_Account: 'bob', Role: 'Admin' },
        { Member_Account: 'carol', Role: 'Member' },
        { Member_Account: 'nobody', Role: 'NotMember' },
      ],
    })
  })

  it('takes 500 accounts and refuses 501, and an AVChatRoom', async () => {
    const body = (count: number) => ({ GroupId, User_Account: names(count) })
    expect(await call('get_role_in_group', body(500))).toMatchObject({ ErrorCode: 0 })
    expect(await call('get_role_in_group', body(501))).toMatchObject({ ErrorCode: 10004 })
    const live = { GroupId: GROUP.live, User_Account: ['carol'] }
    expect(await call('get_role_in_group', live)).toMatchObject({ ErrorCode: 10007 })
  })
})

describe('delete_group_member', () => {
  const remove = (body: object) => call('delete_group_member', body)
  const idsOf = async (group: string) => (await emulator.control.group(group)).members.map(({ id }) => id)

  it('removes members, tells the group, and passes over who is none and the owner', async () => {
    const ids = ['carol', 'eve', 'alice']
    expect(await remove({ GroupId, MemberToDel_Account: ids, Reason: 'spam' })).toMatchObject({
      ErrorCode: 0,
    })
    expect(await idsOf(GroupId)).toEqual(['alice', 'bob', 'dave'])
    expect(await emulator.control.journal()).toMatchObject([
      { account: 'carol', group: GroupId, changes: { membership: { before: true, after: false } } },
    ])
    expect(await emulator.control.tips()).toMatchObject([
      { group: GroupId, kind: 'kick', accounts: ['carol'] },
    ])
  })

  it('tells nobody in silence, and nobody in a Private group', async () => {
    await remove({ GroupId, MemberToDel_Account: ['carol'], Silence: 1 })
    await remove({ GroupId: GROUP.work, MemberToDel_Account: ['carol'] })
    expect(await idsOf(GROUP.work)).toEqual(['alice', 'bob', 'dave'])
    expect(await emulator.control.tips()).toEqual([])
  })

  it('takes 100 accounts and refuses 101', async () => {
    expect(await remove({ GroupId, MemberToDel_Account: names(100) })).toMatchObject({ ErrorCode: 0 })
    expect(await remove({ GroupId, MemberToDel_Account: names(101) })).toMatchObject({ ErrorCode: 10004 })
  })

  it.each([
    [{ GroupId: GROUP.live, MemberToDel_Account: ['carol'] }, 'bad-group-type'],
    [{ GroupId, MemberToDel_Account: ['carol'], Silence: 2 }, 'bad-body'],
    [{ GroupId, MemberToDel_Account: ['carol'], Reason: 1 }, 'bad-body'],
    [{ GroupId }, 'bad-body'],
  ] as const)('refuses %j with 10004 and removes nobody', async (body, kind) => {
    expect(await remove(body)).toMatchObject({ ErrorCode: 10004 })
    expect(await violations()).toEqual({ [kind]: 1 })
    expect(await emulator.control.journal()).toEqual([])
    expect(await idsOf(body.GroupId)).toHaveLength(4)
  })
})
