import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { ZegoAction } from '../schemas'
import { type Emulator, startEmulator } from '../start'
import { callZego } from '../testing/call-zego'

let emulator: Emulator
let now = 0

beforeAll(async () => {
  emulator = await startEmulator({ monotonicNow: () => now })
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.seed({
    zego: {
      users: [{ id: 'mod' }, { id: 'lin88', name: '林小雨' }],
      groups: [
        { id: '#all', name: '大厅', members: [{ id: 'lin88', role: 1 }], everyone: 'forever' },
        { id: 'roles', members: [{ id: 'lin88', nickname: 'Lin' }], roles: { roles: [3], muted: 60 } },
        { id: 'both', members: [{ id: 'lin88', muted: 60, role: 101 }], everyone: 60 },
        { id: 'quiet', members: [{ id: 'bob' }] },
      ],
    },
  })
})

async function ask(action: ZegoAction, params: object) {
  now += 1_000
  return (await callZego(emulator.url, action, params)).json
}
const counts = async () => (await emulator.control.violations()).counts

describe('QueryGroupInfo', () => {
  it('gives everything that the documents list', async () => {
    expect(await ask('QueryGroupInfo', { FromUserId: 'mod', GroupId: '#all' })).toEqual({
      Code: 0,
      Message: 'success',
      RequestId: expect.any(String),
      GroupId: '#all',
      GroupName: '大厅',
      GroupNotice: '',
      GroupDataSeq: expect.any(Number),
      GroupAvatar: '',
      IsAllForbid: true,
      ForbidList: [],
      ForbidExpireTime: -1,
      LimitInfo: { MemberCountLimit: 0, JoinMode: 0, InviteMode: 0, BeInvitedMode: 0, NumberMessage: 0 },
      GroupCreateTime: expect.any(Number),
      GroupAttributes: [],
    })
  })

  it('answers 660600001 for a group that does not exist, 660500002 for an operator who does not', async () => {
    expect(await ask('QueryGroupInfo', { FromUserId: 'mod', GroupId: 'x' })).toMatchObject({
      Code: 660600001,
    })
    expect(await ask('QueryGroupInfo', { FromUserId: 'x', GroupId: '#all' })).toMatchObject({
      Code: 660500002,
    })
    expect(await ask('QueryGroupInfo', { GroupId: '#all' })).toMatchObject({ Code: 660000002 })
  })
})

describe('FetchForbidGroupList', () => {
  const forbidden = (StartFlag: unknown) => ask('FetchForbidGroupList', { FromUserId: 'mod', StartFlag })

  it('gives the groups that have a mute with its kinds, and a NextFlag even at the end', async () => {
    expect(await forbidden(0)).toMatchObject({
      Code: 0,
      FetchEnd: 1,
      NextFlag: expect.any(Number),
      GroupList: [
        { GroupId: '#all', ForbidType: 1 },
        { GroupId: 'roles', ForbidType: 2 },
        { GroupId: 'both', ForbidType: 5 },
      ],
    })
    expect(await forbidden(0)).not.toMatchObject({ NextFlag: 0 })
    await emulator.control.advanceClock(61)
    expect(await forbidden(0)).toMatchObject({ GroupList: [{ GroupId: '#all' }] })
  })

  it('gives 10 000 groups at a time', async () => {
    const groups = Array.from({ length: 10_000 }, (_, index) => ({ id: `g${index}`, everyone: 60 }))
    await emulator.control.seed({ zego: { groups } })
    const page = z.object({ FetchEnd: z.int(), NextFlag: z.int(), GroupList: z.array(z.unknown()) })
    const first = page.parse(await forbidden(0))
    const second = page.parse(await forbidden(first.NextFlag))
    expect([first.FetchEnd, first.GroupList.length]).toEqual([0, 10_000])
    expect([second.FetchEnd, second.GroupList.length]).toEqual([1, 3])
  })

  it('refuses a StartFlag that is missing, was never given out or is a string', async () => {
    for (const flag of [undefined, 10_000, '0'])
      expect(await forbidden(flag)).toMatchObject({ Code: 660000002 })
    expect(await counts()).toEqual({ 'bad-body': 3 })
  })
})

describe('QueryAppGroupList', () => {
  it('gives all groups in pages', async () => {
    const page = z.object({ TotalCount: z.literal(4), Next: z.int(), GroupIdList: z.array(z.unknown()) })
    const first = page.parse(await ask('QueryAppGroupList', { Limit: 3, Next: 0 }))
    expect(first.GroupIdList).toHaveLength(3)
    expect(first.GroupIdList[0]).toEqual({ GroupId: '#all', GroupName: '大厅' })
    const second = page.parse(await ask('QueryAppGroupList', { Limit: 3, Next: first.Next }))
    expect(second).toMatchObject({ Next: 0, GroupIdList: [{ GroupId: 'quiet' }] })
    expect(await counts()).toEqual({})
    await ask('QueryAppGroupList', { Limit: 2, Next: first.Next })
    expect(await counts()).toEqual({ 'bad-query': 1 })
  })

  it('takes no limit, one that is empty and one that is too high as 10 000', async () => {
    for (const params of [{}, { Limit: '' }, { Limit: 10_001 }]) {
      expect(await ask('QueryAppGroupList', params)).toMatchObject({ Next: 0, TotalCount: 4 })
    }
    expect(await ask('QueryAppGroupList', { Limit: 3, Next: 3 })).toMatchObject({ Code: 660000002 })
  })
})

describe('QueryGroupsInfoOfUser', () => {
  const groups = (params: object) =>
    ask('QueryGroupsInfoOfUser', { FromUserId: 'lin88', Limit: 2, ...params })

  it('gives the groups of a user in pages with a string for a cursor', async () => {
    const first = z.object({ NextRsp: z.string() }).parse(await groups({ Next: '' }))
    const second = await groups({ Next: first.NextRsp })
    expect(Number(first.NextRsp)).toBeNaN()
    expect(second).toMatchObject({
      NextRsp: '0',
      HasJoinGroupNum: 3,
      GroupInfoList: [{ GroupId: 'both', GroupName: '', GroupAvatar: '' }],
    })
  })

  it('refuses a limit that is missing or over 100 and a cursor of its own', async () => {
    for (const params of [{ Limit: undefined }, { Limit: 0 }, { Limit: 101 }, { Next: 0 }, { Next: '0' }]) {
      expect(await groups(params), JSON.stringify(params)).toMatchObject({ Code: 660000002 })
    }
    expect(await counts()).toEqual({ 'bad-body': 5 })
    expect(await groups({ FromUserId: 'nobody' })).toMatchObject({ Code: 660500002 })
    expect(await counts()).toEqual({ 'bad-body': 5 })
  })
})

describe('QueryGroupMemberList', () => {
  const members = (params: object) => ask('QueryGroupMemberList', { GroupId: 'roles', ...params })

  it('gives members with their roles and nothing of their mutes', async () => {
    expect(await members({ GroupId: 'both' })).toMatchObject({
      TotalCount: 1,
      Next: 0,
      MemberList: [{ UserId: 'lin88', UserName: '林小雨', UserNickName: '', Role: 101 }],
    })
    expect(JSON.stringify(await members({ GroupId: 'both' }))).not.toMatch(/mute|forbid/i)
  })

  it('pages by 100 unless told, and refuses more than 1000', async () => {
    const crowd = Array.from({ length: 150 }, (_, index) => ({ id: `u${index}` }))
    await emulator.control.seed({ zego: { groups: [{ id: 'roles', members: crowd }] } })
    const page = z.object({ Next: z.int(), MemberList: z.array(z.unknown()) })
    const first = page.parse(await members({}))
    const second = page.parse(await members({ Next: first.Next }))
    expect([first.MemberList.length, second.MemberList.length, second.Next]).toEqual([100, 50, 0])
    expect(page.parse(await members({ Limit: 1000 })).MemberList).toHaveLength(150)
    expect(await members({ Limit: 1001 })).toMatchObject({ Code: 660000002 })
    expect(await members({ GroupId: 'x' })).toMatchObject({ Code: 660600001 })
    expect(await counts()).toEqual({ 'batch-too-large': 1 })
  })
})
