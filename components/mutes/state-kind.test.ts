import { describe, expect, it } from 'vitest'
import type { MuteStateDto } from '@/lib/mutes/schemas'
import { answerOf, answerWords, placesOf, refetchAfter, stateKind } from './state-kind'

const now = 1_800_000_000_000
const pending = { id: 'c1', kind: 'mute', actorName: 'Ana', requestedAt: now } as const

function state(changes: Partial<MuteStateDto>): MuteStateDto {
  return {
    scope: 'one_to_one',
    version: 1,
    until: null,
    ledgerUntil: null,
    endedAt: null,
    checkedAt: now,
    drift: null,
    cause: null,
    pending: null,
    ...changes,
  }
}

describe('stateKind', () => {
  it.each([
    ['none', {}],
    ['muted', { until: now + 1 }],
    ['muted', { until: 'forever' }],
    ['ending', { until: now }],
    ['ended', { endedAt: now - 1 }],
    ['ending', { endedAt: now, checkedAt: now - 1 }],
    ['unknown', { checkedAt: null }],
    ['untold', { checkedAt: null, isUntold: true }],
    ['muted', { checkedAt: null, isUntold: true, until: now + 1 }],
    ['ending', { checkedAt: null, isUntold: true, until: now }],
    ['ended', { checkedAt: null, isUntold: true, endedAt: now }],
    ['muted', { checkedAt: null, until: now + 1 }],
    ['sending', { until: now + 1, pending: { ...pending, status: 'requested' } }],
    ['unknown', { until: now + 1, pending: { ...pending, status: 'unknown' } }],
    ['drift', { drift: 'lifted_outside' }],
    ['drift', { drift: 'set_outside', until: 'forever' }],
  ] as const)('is %s for %j', (kind, changes) => {
    expect(stateKind(state(changes), now)).toBe(kind)
  })
})

describe('the answer', () => {
  const both = (one: Partial<MuteStateDto>, all: Partial<MuteStateDto>) => [
    state(one),
    state({ scope: 'all_groups', ...all }),
  ]

  it('names where the account cannot write and the nearest end', () => {
    expect(answerOf(both({ until: now + 5 }, { until: now + 3 }), now)).toEqual({
      places: 'both',
      nextEnd: now + 3,
    })
    expect(answerOf(both({}, { until: 'forever' }), now)).toEqual({ places: 'all_groups', nextEnd: null })
    expect(answerOf(both({ until: now }, {}), now)).toEqual({ places: 'none', nextEnd: null })
  })

  it('does not say that an account can write whose mute the provider still has after its end', () => {
    const late = { until: now - 60_000, checkedAt: now }
    expect(answerOf(both(late, {}), now)).toEqual({ places: 'one_to_one', nextEnd: late.until })
    expect(answerOf([], now, [{ scope: 'everyone', ...late }]).places).toBe('everyone')
    // Read at about its end it is ending as it should.
    expect(answerOf(both({ until: now - 3_000, checkedAt: now }, {}), now).places).toBe('none')
    expect(answerOf(both({ until: now - 60_000, checkedAt: now - 60_000 }, {}), now).places).toBe('none')
  })

  it('claims nothing about what was never read', () => {
    expect(answerOf(both({ until: now + 5 }, { checkedAt: null }), now)).toEqual({
      places: null,
      nextEnd: null,
    })
  })

  it('of what nobody tells says what is known', () => {
    const untold = state({ scope: 'group', checkedAt: null, isUntold: true })
    expect(answerOf([untold], now)).toEqual({ places: 'none', nextEnd: null })
    expect(answerOf([{ ...untold, until: now + 5 }], now)).toEqual({ places: 'group', nextEnd: now + 5 })
    expect(answerWords([untold])).toBe('untold')
    expect(answerWords([state({ scope: 'group' })])).toBe('group')
  })
})

it('names no place for no scope', () => {
  expect(placesOf([])).toBe('none')
  expect(placesOf(['all_groups'])).toBe('all_groups')
  expect(placesOf(['one_to_one', 'all_groups'])).toBe('both')
})

it('reads again soon while something moves', () => {
  expect(refetchAfter([state({}), state({ until: now + 1 })], now)).toBe(60_000)
  expect(refetchAfter([state({ until: now })], now)).toBe(2_000)
  expect(refetchAfter([state({ pending: { ...pending, status: 'unknown' } })], now)).toBe(2_000)
})
