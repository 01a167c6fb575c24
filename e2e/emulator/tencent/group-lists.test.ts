import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiName } from '../schemas'
import { type Emulator, startEmulator } from '../start'
import { callProvider } from '../testing/call-provider'
import { GROUP, seedGroupWorld } from '../testing/group-world'

let emulator: Emulator
let now = 0

beforeAll(async () => {
  // Every call has a second of its own, since all groups may be listed only once a second.
  const monotonicNow = () => {
    now += 1001
    return now
  }
  emulator = await startEmulator({ monotonicNow })
})
afterAll(() => emulator.close())
beforeEach(() => seedGroupWorld(emulator.control))

const call = (api: ApiName, body: object, rawBody?: string) =>
  callProvider(emulator.url, api, body, rawBody === undefined ? {} : { rawBody })
const json = async (api: ApiName, body: object) => (await call(api, body)).json
const violations = async () => (await emulator.control.violations()).counts
const idOf = (GroupId: string) => ({ GroupId })

/** The digits of `Next` as they stand in the answer. */
const nextIn = (text: string) => /"Next":(\d+)/.exec(text)?.[1] ?? ''

describe('get_appid_group_list', () => {
  it('gives all groups at once, with Next 0', async () => {
    expect(await json('get_appid_group_list', {})).toEqual({
      ActionStatus: 'OK',
      ErrorInfo: '',
      ErrorCode: 0,
      TotalCount: 6,
      GroupIdList: Object.values(GROUP).map(idOf),
      Next: 0,
    })
  })

  it('pages with a cursor that no double can hold', async () => {
    const first = await call('get_appid_group_list', { Limit: 4, Next: 0 })
    const next = nextIn(first.text)
    expect(BigInt(next)).toBeGreaterThan(2n ** 63n)
    expect(String(BigInt(Number(next)))).not.toBe(next)
    const last = await call('get_appid_group_list', {}, `{"Limit":4,"Next":${next}}`)
    expect(last.json).toMatchObject({
      TotalCount: 6,
      GroupIdList: [idOf(GROUP.community), idOf(GROUP.plain)],
      Next: 0,
    })
    expect(await violations()).toEqual({})
  })

  it('refuses a cursor that lost its last digits', async () => {
    const { json: answer } = await call('get_appid_group_list', { Limit: 4, Next: 0 })
    const Next = new Map(Object.entries(answer ?? {})).get('Next')
    expect(await json('get_appid_group_list', { Limit: 4, Next })).toMatchObject({ ErrorCode: 10004 })
    expect(await violations()).toEqual({ 'bad-body': 1 })
  })

  it('gives the cursor as a string when a fault wants wrong types', async () => {
    await emulator.control.addFaults({ kind: 'wrong-types', field: 'Next' })
    expect(await json('get_appid_group_list', { Limit: 4 })).toMatchObject({
      Next: expect.stringMatching(/^\d{19}$/),
    })
  })

  it('gives the groups of one type', async () => {
    expect(await json('get_appid_group_list', { GroupType: 'Community' })).toMatchObject({
      TotalCount: 2,
      GroupIdList: [idOf(GROUP.community), idOf(GROUP.plain)],
    })
  })

  it.each([{ Limit: 10_001 }, { Limit: 0 }, { Next: '0' }, { Next: 5 }, { Next: -1 }, { GroupType: 'Work' }])(
    'refuses %j',
    async (body) => {
      expect(await json('get_appid_group_list', body)).toMatchObject({ ErrorCode: 10004 })
    },
  )
})

describe('get_group_info', () => {
  const base = ['Type', 'Name', 'MemberNum', 'MuteAllMember', 'Owner_Account', 'SupportTopic']

  it('gives the fields asked for, and a code for each group', async () => {
    const ids = [GROUP.public, '@TGS#2GONE', '群', GROUP.community]
    const body = { GroupIdList: ids, ResponseFilter: { GroupBaseInfoFilter: base } }
    expect(await json('get_group_info', body)).toEqual({
      ActionStatus: 'OK',
      ErrorInfo: '',
      ErrorCode: 0,
      GroupInfo: [
        {
          GroupId: GROUP.public,
          ErrorCode: 0,
          ErrorInfo: '',
          Type: 'Public',
          Name: '公开群',
          Owner_Account: 'alice',
          MemberNum: 4,
          MuteAllMember: 'Off',
        },
        { GroupId: '@TGS#2GONE', ErrorCode: 10010, ErrorInfo: expect.any(String) },
        { GroupId: '群', ErrorCode: 10015, ErrorInfo: expect.any(String) },
        expect.objectContaining({ GroupId: GROUP.community, SupportTopic: 1 }),
      ],
    })
    expect(await violations()).toEqual({ 'bad-group-id': 1 })
  })

  it('gives members only when asked', async () => {
    const ResponseFilter = { MemberInfoFilter: ['Account', 'Role'] }
    expect(await json('get_group_info', { GroupIdList: [GROUP.meeting], ResponseFilter })).toMatchObject({
      GroupInfo: [{ MemberList: [{ Member_Account: 'alice', Role: 'Owner' }, {}, {}, {}] }],
    })
  })

  it.each([{}, { ResponseFilter: {} }])('counts a call with %j, which pulls every member', async (more) => {
    const answer = await json('get_group_info', { GroupIdList: [GROUP.public], ...more })
    expect(answer).toMatchObject({
      GroupInfo: [{ Type: 'Public', Appid: 1400000000, MemberList: [{ Role: 'Owner' }, {}, {}, {}] }],
    })
    expect(await violations()).toEqual({ unfiltered: 1 })
  })

  it('refuses an answer of more than 1 MB with 10018', async () => {
    const members = Array.from({ length: 8_000 }, (_, index) => ({ id: `member-${index}` }))
    await emulator.control.seed({
      accounts: members,
      groups: [{ id: 'large', type: 'Public', name: 'Large', members }],
    })
    expect(await json('get_group_info', { GroupIdList: ['large'] })).toMatchObject({ ErrorCode: 10018 })
  })

  it('takes 50 groups and refuses 51', async () => {
    const body = (count: number) => ({
      GroupIdList: Array.from({ length: count }, (_, index) => `group${index}`),
      ResponseFilter: { GroupBaseInfoFilter: base },
    })
    expect(await json('get_group_info', body(50))).toMatchObject({ ErrorCode: 0 })
    expect(await json('get_group_info', body(51))).toMatchObject({ ErrorCode: 10004 })
    expect(await violations()).toEqual({ 'batch-too-large': 1 })
  })

  it.each([
    {},
    { GroupIdList: [] },
    { GroupIdList: [7] },
    { GroupIdList: [GROUP.public], ResponseFilter: [] },
  ])('refuses %j', async (body) => {
    expect(await json('get_group_info', body)).toMatchObject({ ErrorCode: 10004 })
  })
})

describe('get_joined_group_list', () => {
  const joined = async (more: object) => {
    const answer = await json('get_joined_group_list', { Member_Account: 'carol', ...more })
    expect(answer).toMatchObject({ ErrorCode: 0 })
    return answer
  }

  it('leaves out live rooms, silent Private groups and communities with topics', async () => {
    const visible = [idOf(GROUP.public), idOf(GROUP.meeting), idOf(GROUP.plain)]
    expect(await joined({})).toEqual({
      ActionStatus: 'OK',
      ErrorInfo: '',
      ErrorCode: 0,
      TotalCount: 3,
      GroupIdList: visible,
    })
  })

  it('gives them when asked', async () => {
    const all = { WithHugeGroups: 1, WithNoActiveGroups: 1, SupportTopic: 1 }
    expect(await joined(all)).toMatchObject({ TotalCount: 6, GroupIdList: Object.values(GROUP).map(idOf) })
  })

  it('pages, without a change to the total, and gives one type', async () => {
    expect(await joined({ Limit: 1, Offset: 1 })).toMatchObject({
      TotalCount: 3,
      GroupIdList: [idOf(GROUP.meeting)],
    })
    expect(await joined({ GroupType: 'Public' })).toMatchObject({ TotalCount: 1 })
  })

  it('gives the fields of the group and of the member that are asked for', async () => {
    await emulator.control.putGroup({ group: GROUP.public, members: [{ id: 'carol', muted: 'forever' }] })
    const ResponseFilter = { GroupBaseInfoFilter: ['Type', 'Name'], SelfInfoFilter: ['Role', 'MuteUntil'] }
    const answer = await joined({ Limit: 1, ResponseFilter })
    expect(answer).toMatchObject({
      GroupIdList: [
        {
          GroupId: GROUP.public,
          Type: 'Public',
          Name: '公开群',
          SelfInfo: { Role: 'Member', MuteUntil: 4294967295 },
        },
      ],
    })
  })

  it('gives nothing for an account in no group', async () => {
    expect(await joined({ Member_Account: 'eve' })).toMatchObject({ TotalCount: 0, GroupIdList: [] })
  })

  it.each([
    { Member_Account: undefined },
    { Member_Account: 7 },
    { Limit: 5001 },
    { Offset: -1 },
    { SupportTopic: true },
    { GroupType: 'Meeting' },
  ])('refuses %j', async (more) => {
    const answer = await json('get_joined_group_list', { Member_Account: 'carol', ...more })
    expect(answer).toMatchObject({ ErrorCode: 10004 })
  })
})
