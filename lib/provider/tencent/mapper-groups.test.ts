import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  nextOffset,
  toEnd,
  toEveryone,
  toForbidSendMsgBody,
  toGroups,
  toGroupType,
  toJoinedGroups,
  toMemberMutes,
  toMembers,
  toMuteAllMember,
  toTopics,
} from './mapper-groups'
import { foreverSeconds } from './wire'
import {
  getGroupInfoSchema,
  getGroupMutedAccountSchema,
  getJoinedGroupListSchema,
  getTopicSchema,
} from './wire-groups'

const now = Date.UTC(2026, 10, 21, 12)
const nowSeconds = now / 1000

describe('an end as an instant', () => {
  const instant = fc.integer({ min: 1, max: foreverSeconds - 1 })

  test('is for ever, whatever the clock says, before it is reckoned with', () => {
    fc.assert(fc.property(fc.integer({ min: 0 }), (at) => toEnd(foreverSeconds, at) === 'forever'))
  })

  test('is none when it is 0 or has passed, and itself otherwise', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 2 ** 42 }), (seconds, at) => {
        expect(toEnd(seconds, at)).toBe(seconds * 1000 > at ? seconds * 1000 : null)
      }),
    )
    expect([toEnd(0, now), toEnd(nowSeconds, now), toEnd(nowSeconds + 1, now)]).toEqual([
      null,
      null,
      now + 1000,
    ])
  })

  test('that was set comes back, up to one second later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), (aheadMs) => {
        const { MuteTime } = toForbidSendMsgBody({ groupId: 'g' }, ['a'], now + aheadMs, now)
        const read = toEnd(nowSeconds + MuteTime, now)
        expect(Number(read) - (now + aheadMs)).toBeGreaterThanOrEqual(0)
        expect(Number(read) - (now + aheadMs)).toBeLessThan(1000)
      }),
    )
  })
})

test('a mute of members names the group, the topic if there is one, and seconds from now', () => {
  expect(toForbidSendMsgBody({ groupId: 'g' }, ['a', 'b'], now + 1500, now)).toEqual({
    GroupId: 'g',
    Members_Account: ['a', 'b'],
    MuteTime: 2,
  })
  expect(toForbidSendMsgBody({ groupId: 'g', topicId: 't' }, ['a'], 'forever', now)).toEqual({
    GroupId: 'g',
    TopicId: 't',
    Members_Account: ['a'],
    MuteTime: 4_294_967_295,
  })
  expect(toForbidSendMsgBody({ groupId: 'g' }, ['a'], null, now).MuteTime).toBe(0)
})

test('the mute of everybody is on for any end to come and off for one that has passed', () => {
  expect([toMuteAllMember('forever', now), toMuteAllMember(now + 1, now)]).toEqual(['On', 'On'])
  expect([toMuteAllMember(null, now), toMuteAllMember(now, now)]).toEqual(['Off', 'Off'])
})

test('who is muted is read under the newer names and the older ones, without those whose mute is over', () => {
  const newer = getGroupMutedAccountSchema.parse({
    MutedAccountList: [
      { Member_Account: 'a', MutedUntil: nowSeconds + 60 },
      { Member_Account: 'b', MutedUntil: 4_294_967_295 },
      { Member_Account: 'c', MutedUntil: nowSeconds },
      { Member_Account: 'd', MutedUntil: 0 },
    ],
  })
  expect([...toMemberMutes(newer, now)]).toEqual([
    ['a', now + 60_000],
    ['b', 'forever'],
  ])
  const older = getGroupMutedAccountSchema.parse({
    ShuttedUinList: [{ Member_Account: 'tommy', ShuttedUntil: nowSeconds + 1 }],
  })
  expect([...toMemberMutes(older, now)]).toEqual([['tommy', now + 1000]])
  expect(toMemberMutes(getGroupMutedAccountSchema.parse({}), now).size).toBe(0)
  for (const MutedUntil of ['1', -1, 1.5, 4_294_967_296])
    expect(
      getGroupMutedAccountSchema.safeParse({ MutedAccountList: [{ Member_Account: 'a', MutedUntil }] })
        .success,
    ).toBe(false)
})

test('a member has a rank, a name in the group and an end, which is absent when it is not told', () => {
  const members = toMembers(
    [
      { Member_Account: 'a', Role: 'Owner', NameCard: '小军', MuteUntil: 0 },
      { Member_Account: 'b', Role: 'Admin', NameCard: '', ShutUpUntil: 4_294_967_295 },
      { Member_Account: 'c', Role: 'Member' },
      { Member_Account: 'd', Role: 'NotMember' },
    ],
    now,
  )
  expect(members.map(([, member]) => member)).toEqual([
    { userId: 'a', name: '小军', role: 1, until: null },
    { userId: 'b', name: null, role: 2, until: 'forever' },
    { userId: 'c', name: null, role: 3 },
  ])
  expect(members[2] && 'until' in members[2][1]).toBe(false)
})

describe('groups', () => {
  const group = { GroupId: 'g', ErrorCode: 0, Type: 'Private' }
  const read = (...GroupInfo: object[]) => toGroups(getGroupInfoSchema.parse({ GroupInfo }), now)

  test('have the names of today for their types, whichever the answer uses', () => {
    const names = ['Private', 'Work', 'Public', 'ChatRoom', 'Meeting', 'AVChatRoom', 'Community', 'BChatRoom']
    expect(names.map(toGroupType)).toEqual([
      'work',
      'work',
      'public',
      'meeting',
      'meeting',
      'av_chatroom',
      'community',
      'broadcast',
    ])
    expect([toGroupType('MyOwnType'), toGroupType(undefined)]).toEqual([null, null])
  })

  test('tell nothing that the answer does not tell', () => {
    const { groups } = read(group)
    const info = groups[0]?.[1]
    expect(info).toEqual({
      groupId: 'g',
      type: 'work',
      name: null,
      ownerId: null,
      memberCount: null,
      roles: null,
      readAt: now,
    })
    expect(info && 'everyone' in info).toBe(false)
    expect(toEveryone({ MuteAllMember: 'Off' })).toEqual({ everyone: null })
    expect(toEveryone({ ShutUpAllMember: 'On' })).toEqual({ everyone: 'forever' })
  })

  test('are missing by their own codes; another code of an item is a failure', () => {
    const gone = read({ GroupId: 'x', ErrorCode: 10010 }, { GroupId: 'y', ErrorCode: 10015 }, group)
    expect([gone.groups.map(([id]) => id), gone.failed]).toEqual([['g'], []])
    const broken = read(group, { GroupId: 'x', ErrorCode: 10002 })
    expect(broken.failed).toEqual([10002])
  })

  test('of a type that the app has made for itself are left out', () => {
    expect(read({ ...group, Type: 'MyOwnType' })).toEqual({ groups: [], failed: [] })
  })
})

test('the groups of an account have their type and name', () => {
  const answer = getJoinedGroupListSchema.parse({
    GroupIdList: [
      { GroupId: 'g', Type: 'ChatRoom', Name: '会议' },
      { GroupId: 'h', Type: 'MyOwnType', Name: '' },
    ],
  })
  expect(toJoinedGroups(answer)).toEqual([
    { groupId: 'g', type: 'meeting', name: '会议' },
    { groupId: 'h', type: null, name: null },
  ])
})

test('a topic that was deleted is left out, one that failed is a failure', () => {
  const item = (ErrorCode: number) => ({
    ErrorCode,
    TopicInfo: { TopicId: `t${ErrorCode}`, TopicName: '', MuteAllMember: 'On' },
  })
  const read = (codes: number[]) => toTopics(getTopicSchema.parse({ TopicAndSelfInfo: codes.map(item) }))
  expect(read([0, 110_003, 10_010])).toEqual({
    topics: [{ topicId: 't0', name: null, everyone: 'forever' }],
    failed: [],
  })
  expect(read([10_002]).failed).toEqual([10_002])
})

test('going by offsets visits everything once and ends, also when the total is missing or wrong', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
      (count, limit, claimed) => {
        const total = claimed === undefined ? undefined : Math.max(claimed, count)
        let seen = 0
        for (let cursor: string | null = '0'; cursor !== null; ) {
          const offset = Number(cursor)
          expect(offset).toBe(seen)
          const size = Math.min(limit, count - offset)
          seen += size
          cursor = nextOffset(offset, size, limit, total)
        }
        expect(seen).toBe(count)
      },
    ),
  )
})
