import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Until } from '../port'
import {
  maxFiniteSeconds,
  toExistence,
  toGlobalMuteReading,
  toPresences,
  toProfiles,
  toSeconds,
  toSetNoSpeakingBody,
  toUntil,
} from './mapper'
import {
  accountCheckSchema,
  foreverSeconds,
  getNoSpeakingSchema,
  portraitGetSchema,
  queryOnlineStatusSchema,
} from './wire'

const now = Date.UTC(2026, 10, 21, 12)
const instant = fc.integer({ min: 0, max: 8_640_000_000_000_000 })

describe('ends to seconds', () => {
  test("null lifts, for ever is the provider's number, and both ignore the clock", () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(toSeconds(null, at)).toBe(0)
        expect(toSeconds('forever', at)).toBe(foreverSeconds)
      }),
    )
  })

  test('a mute that still runs is never lifted and never made permanent by accident', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 8_640_000_000_000_000 }), (at, ahead) => {
        const seconds = toSeconds(at + ahead, at)
        expect(seconds).toBeGreaterThanOrEqual(1)
        expect(seconds).toBeLessThanOrEqual(maxFiniteSeconds)
        expect(Number.isSafeInteger(seconds)).toBe(true)
      }),
    )
    expect(toSeconds(now + 1, now)).toBe(1)
    expect(toSeconds(now + foreverSeconds * 1000, now)).toBe(maxFiniteSeconds)
  })

  test('an end that has passed is over', () => {
    fc.assert(fc.property(instant, instant, (a, b) => toSeconds(Math.min(a, b), Math.max(a, b)) === 0))
    expect(toSeconds(now, now)).toBe(0)
  })

  test('what is no instant is refused instead of guessed', () => {
    for (const until of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => toSeconds(until, now)).toThrow(RangeError)
  })
})

test('what was written reads back as the same end, up to one second later', () => {
  const until: fc.Arbitrary<Until | null> = fc.oneof(
    fc.constant(null),
    fc.constant('forever' as const),
    fc.integer({ min: now + 1, max: now + maxFiniteSeconds * 1000 }),
  )
  fc.assert(
    fc.property(until, (end) => {
      const read = toUntil(toSeconds(end, now), now)
      if (typeof end !== 'number' || typeof read !== 'number') expect(read).toBe(end)
      else expect(read - end).toBeGreaterThanOrEqual(0)
      if (typeof end === 'number' && typeof read === 'number') expect(read - end).toBeLessThan(1000)
    }),
  )
})

describe('a change', () => {
  test('leaves out the scope that it does not name', () => {
    expect(toSetNoSpeakingBody('a', { one_to_one: null }, now)).toEqual({
      Set_Account: 'a',
      C2CmsgNospeakingTime: 0,
    })
    expect(toSetNoSpeakingBody('a', { one_to_one: undefined, all_groups: 'forever' }, now)).toEqual({
      Set_Account: 'a',
      GroupmsgNospeakingTime: 4_294_967_295,
    })
  })

  test('names both scopes with their own ends', () => {
    expect(toSetNoSpeakingBody('a', { one_to_one: now + 1500, all_groups: now + 60_000 }, now)).toEqual({
      Set_Account: 'a',
      C2CmsgNospeakingTime: 2,
      GroupmsgNospeakingTime: 60,
    })
  })
})

describe('a reading', () => {
  test('turns what remains into ends, counted from the answer', () => {
    const answer = getNoSpeakingSchema.parse({
      ErrorCode: 0,
      C2CmsgNospeakingTime: 4_294_967_295,
      GroupmsgNospeakingTime: 7196,
    })
    expect(toGlobalMuteReading({ answer, answeredAt: now, tookMs: 12 })).toEqual({
      until: { one_to_one: 'forever', all_groups: now + 7_196_000 },
      readAt: now,
      tookMs: 12,
    })
  })

  test('keeps an absent scope absent and a zero as "not muted"', () => {
    const { until } = toGlobalMuteReading({
      answer: { GroupmsgNospeakingTime: 0 },
      answeredAt: now,
      tookMs: 12,
    })
    expect(until).toEqual({ all_groups: null })
    expect('one_to_one' in until).toBe(false)
  })

  test.each(['7196', -1, 1.5, 4_294_967_296, null, true])('does not take %j for seconds', (value) => {
    expect(getNoSpeakingSchema.safeParse({ C2CmsgNospeakingTime: value }).success).toBe(false)
  })
})

test('an account that could not be checked is left out', () => {
  const answer = accountCheckSchema.parse({
    ResultItem: [
      { UserID: 'a', ResultCode: 0, ResultInfo: '', AccountStatus: 'Imported' },
      { UserID: 'b', ResultCode: 0, AccountStatus: 'NotImported' },
      { UserID: 'c', ResultCode: 70500, AccountStatus: 'Imported' },
      { UserID: 'd', ResultCode: 0, AccountStatus: 'Something' },
    ],
  })
  expect(toExistence(answer)).toEqual([
    ['a', true],
    ['b', false],
  ])
})

describe('a profile', () => {
  const profile = (items: { Tag: string; Value: string | number }[] | undefined, ResultCode = 0) =>
    toProfiles(
      portraitGetSchema.parse({ UserProfileItem: [{ To_Account: 'a', ResultCode, ProfileItem: items }] }),
    )

  test('has a nickname and a picture, both of which may be missing or empty', () => {
    expect(
      profile([
        { Tag: 'Tag_Profile_IM_Nick', Value: ' 小军 ' },
        { Tag: 'Tag_Profile_IM_Image', Value: 'https://img.example/a b.png' },
      ]),
    ).toEqual([['a', { nickname: ' 小军 ', avatarUrl: 'https://img.example/a%20b.png' }]])
    expect(profile([{ Tag: 'Tag_Profile_IM_Nick', Value: '' }])).toEqual([
      ['a', { nickname: null, avatarUrl: null }],
    ])
    expect(profile(undefined)).toEqual([['a', { nickname: null, avatarUrl: null }]])
  })

  test('may hold a number where a text is usual', () => {
    expect(profile([{ Tag: 'Tag_Profile_IM_Nick', Value: 42 }])).toEqual([
      ['a', { nickname: '42', avatarUrl: null }],
    ])
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/a.png', 'no address'])(
    'drops the picture %j that chat users could plant',
    (Value) => {
      expect(profile([{ Tag: 'Tag_Profile_IM_Image', Value }])).toEqual([
        ['a', { nickname: null, avatarUrl: null }],
      ])
    },
  )

  test('is left out when it failed', () => {
    expect(profile([], 40003)).toEqual([])
  })
})

test('presence is read under its newer and its older name; an unknown word says nothing', () => {
  const answer = queryOnlineStatusSchema.parse({
    QueryResult: [
      { To_Account: 'a', Status: 'Online' },
      { To_Account: 'b', State: 'PushOnline' },
      { To_Account: 'c', Status: 'Offline', Detail: [] },
      { To_Account: 'd', Status: 'Asleep' },
      { To_Account: 'e' },
    ],
  })
  expect(toPresences(answer)).toEqual([
    ['a', 'online'],
    ['b', 'background'],
    ['c', 'offline'],
  ])
  expect(
    toPresences(queryOnlineStatusSchema.parse({ ErrorList: [{ To_Account: 'a', ErrorCode: 70107 }] })),
  ).toEqual([])
})
