import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toDuration, toExistence, toGroupInfo, toOutcomes, toPresences, toProfiles } from './mapper'
import {
  envelopeSchema,
  queryGroupInfoSchema,
  queryUserInfosSchema,
  queryUserOnlineStateSchema,
} from './wire'

const now = Date.UTC(2026, 10, 21, 12)
const instant = fc.integer({ min: 0, max: 8_640_000_000_000_000 })

describe('an end as a duration', () => {
  test('lifts with 0, is -1 for ever, and both ignore the clock', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect([toDuration(null, at), toDuration('forever', at)]).toEqual([0, -1])
      }),
    )
  })

  test('that is still to come is never 0, which would lift, and never above 30 days', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 8_640_000_000_000_000 }), (at, ahead) => {
        const seconds = toDuration(at + ahead, at)
        expect(seconds).toBeGreaterThanOrEqual(1)
        expect(seconds).toBeLessThanOrEqual(2_592_000)
        expect(Number.isSafeInteger(seconds)).toBe(true)
      }),
    )
    expect([toDuration(now + 1, now), toDuration(now + 1001, now), toDuration(now + 1e12, now)]).toEqual([
      1, 2, 2_592_000,
    ])
  })

  test('that has passed is 0 and lifts; what is no instant is refused', () => {
    expect([toDuration(now, now), toDuration(now - 1, now), toDuration(0, now)]).toEqual([0, 0, 0])
    for (const until of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => toDuration(until, now)).toThrow(RangeError)
  })
})

describe('the mutes of a group', () => {
  const read = (fields: object) => {
    const answer = queryGroupInfoSchema.parse({ Code: 0, GroupId: '#g', GroupName: 'G', ...fields })
    const { everyone, roles } = toGroupInfo(answer, now)
    return { everyone, roles }
  }
  const end = now + 60_000

  test('come with what else is known of the group, and nothing is made up', () => {
    const answer = queryGroupInfoSchema.parse({ Code: 0, GroupId: '#g', GroupName: '', GroupNotice: 'x' })
    expect(toGroupInfo(answer, now)).toEqual({
      groupId: '#g',
      type: 'zim',
      name: null,
      ownerId: null,
      memberCount: null,
      everyone: null,
      roles: null,
      readAt: now,
    })
  })

  test.each([
    ['nothing', {}, null, null],
    ['no mute', { IsAllForbid: false, ForbidList: [], ForbidExpireTime: 0 }, null, null],
    [
      'no mute, with a stale end',
      { IsAllForbid: false, ForbidList: null, ForbidExpireTime: end },
      null,
      null,
    ],
    ['everybody to an end', { IsAllForbid: true, ForbidExpireTime: end }, end, null],
    ['everybody for ever', { IsAllForbid: true, ForbidExpireTime: -1 }, 'forever', null],
    ['everybody without an end', { IsAllForbid: true, ForbidExpireTime: 0 }, 'forever', null],
    ['everybody, end left out', { IsAllForbid: true }, 'forever', null],
    ['everybody, ended', { IsAllForbid: true, ForbidExpireTime: now }, null, null],
    ['roles', { IsAllForbid: false, ForbidList: [2, 101], ForbidExpireTime: end }, null, [[2, 101], end]],
    ['roles for ever', { ForbidList: [3], ForbidExpireTime: -1 }, null, [[3], 'forever']],
    ['roles, ended', { ForbidList: [3], ForbidExpireTime: now - 1 }, null, null],
    ['both, as the sample', { IsAllForbid: true, ForbidList: [2, 3], ForbidExpireTime: end }, end, null],
  ] as const)('read %s', (_, fields, everyone, roles) => {
    expect(read(fields)).toEqual({
      everyone,
      roles: roles && { roles: roles[0], until: roles[1] },
    })
  })

  test.each([
    { IsAllForbid: 'true' },
    { ForbidList: ['2'] },
    { ForbidExpireTime: '0' },
    { ForbidExpireTime: -2 },
  ])('are not read from %j', (fields) => {
    expect(queryGroupInfoSchema.safeParse({ Code: 0, GroupId: 'g', ...fields }).success).toBe(false)
  })
})

describe('what became of each account', () => {
  const outcomes = (answer: object) => [...toOutcomes(['a', 'b'], envelopeSchema.parse(answer))]
  const failed = [{ UserId: 'b', SubCode: 660600024 }]

  test.each(['ErrorUsers', 'ErrorList', 'ErrList'])('is told in %s when some failed', (name) => {
    expect(outcomes({ Code: 0, [name]: failed })).toEqual([
      ['a', { ok: true }],
      ['b', { ok: false, providerCode: 660600024, effect: 'none', retryable: false }],
    ])
  })

  test('is success when nothing is listed', () => {
    expect(outcomes({ Code: 0, ErrorUsers: [] })).toEqual(outcomes({ Code: 0, ErrorUsers: null }))
    expect(outcomes({ Code: 0 })).toEqual([
      ['a', { ok: true }],
      ['b', { ok: true }],
    ])
  })

  test('is failure for all with another code, also for those that are not listed', () => {
    expect(outcomes({ Code: 660600033, ErrorUsers: failed })).toEqual([
      ['a', { ok: false, providerCode: 660600033, effect: 'none', retryable: false }],
      ['b', { ok: false, providerCode: 660600024, effect: 'none', retryable: false }],
    ])
  })
})

test('an account is missing only when the provider says so', () => {
  const answer = queryUserInfosSchema.parse({
    Code: 0,
    Result: [{ UserId: 'a', UserName: 'A', UserAvatar: '', Extra: '' }],
    ErrorList: [
      { UserId: 'b', SubCode: 660700015 },
      { UserId: 'c', SubCode: 660700013 },
      { UserId: 'd', SubCode: 4711 },
    ],
  })
  expect(toExistence(answer)).toEqual([
    ['a', true],
    ['b', false],
  ])
})

test.each([
  ['https://img.example/a b.png', 'https://img.example/a%20b.png'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['/a.png', null],
  ['', null],
])('of the picture %j a profile keeps %j', (UserAvatar, avatarUrl) => {
  const answer = queryUserInfosSchema.parse({ Code: 0, Result: [{ UserId: 'a', UserName: '', UserAvatar }] })
  expect(toProfiles(answer)).toEqual([['a', { nickname: null, avatarUrl }]])
})

test('presence is told for those that are listed; an unknown word says nothing', () => {
  const states = [
    { UserId: 'a', Status: 'Online' },
    { UserId: 'b', Status: 'Offline' },
    { UserId: 'c', Status: 'Asleep' },
  ]
  const answer = queryUserOnlineStateSchema.parse({ Code: 0, Result: states })
  expect(toPresences(answer)).toEqual([
    ['a', 'online'],
    ['b', 'offline'],
  ])
  expect(toPresences(queryUserOnlineStateSchema.parse({ Code: 0 }))).toEqual([])
})
