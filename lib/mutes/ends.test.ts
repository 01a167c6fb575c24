import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { driftOf, inForce, resolveEnd, sameEnd } from './ends'
import { endToleranceMs } from './rules'

const now = Date.UTC(2026, 10, 21, 12)
const end = fc.oneof(
  fc.constant(null),
  fc.constant('forever' as const),
  fc.integer({ min: now - 1e9, max: now + 1e12 }),
)

describe('the end that a wish comes to', () => {
  test('a duration counts from now, an instant stays, for ever stays', () => {
    expect(resolveEnd({ kind: 'duration', seconds: 90 }, now)).toBe(now + 90_000)
    expect(resolveEnd({ kind: 'at', at: now + 5 }, now)).toBe(now + 5)
    expect(resolveEnd({ kind: 'forever' }, now)).toBe('forever')
  })
})

test('a mute whose end has passed is none, at the very instant too', () => {
  expect(inForce(now, now)).toBeNull()
  expect(inForce(now + 1, now)).toBe(now + 1)
  expect(inForce('forever', now)).toBe('forever')
  expect(inForce(null, now)).toBeNull()
})

describe('whether two ends are the same', () => {
  test('holds for an end and itself, and in both directions', () => {
    fc.assert(
      fc.property(end, end, (a, b) => {
        expect(sameEnd(a, a, now)).toBe(true)
        expect(sameEnd(a, b, now)).toBe(sameEnd(b, a, now))
      }),
    )
  })

  test('for ever is never a finite end or none', () => {
    fc.assert(
      fc.property(end, (a) => {
        expect(sameEnd('forever', a, now)).toBe(a === 'forever')
      }),
    )
  })

  test('finite ends may differ by what providers round', () => {
    expect(sameEnd(now + 60_000, now + 60_000 + endToleranceMs, now)).toBe(true)
    expect(sameEnd(now + 60_000, now + 60_001 + endToleranceMs, now)).toBe(false)
    expect(sameEnd(now + endToleranceMs - 1, now + endToleranceMs + 1, now)).toBe(true)
  })

  test('an end at hand and none cannot be told apart; one further off can', () => {
    expect(sameEnd(now + endToleranceMs, null, now)).toBe(true)
    expect(sameEnd(now + endToleranceMs + 1, null, now)).toBe(false)
    expect(sameEnd(now - 1e9, null, now)).toBe(true)
  })
})

describe('drift', () => {
  test.each([
    [null, now + 60_000, 'set_outside'],
    [null, 'forever', 'set_outside'],
    [now - 60_000, now + 60_000, 'set_outside'],
    [now + 60_000, null, 'lifted_outside'],
    ['forever', null, 'lifted_outside'],
    [now + 60_000, now + 120_000, 'different_end'],
    ['forever', now + 120_000, 'different_end'],
    [now + 60_000, now + 61_000, null],
    [null, null, null],
  ] as const)('ledger %s, provider %s: %s', (ledger, provider, drift) => {
    expect(driftOf(ledger, provider, now)).toBe(drift)
  })

  test('there is none exactly where the ends are the same', () => {
    fc.assert(
      fc.property(end, end, (a, b) => {
        expect(driftOf(a, b, now) === null).toBe(sameEnd(a, b, now))
      }),
    )
  })
})
