import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from './backoff'

test('the ceiling doubles with each attempt, and starts higher after "too many requests"', () => {
  const almostOne = () => 1
  expect([1, 2, 3].map((attempt) => backoffMs(attempt, false, almostOne))).toEqual([50, 100, 200])
  expect([1, 2, 3, 4].map((attempt) => backoffMs(attempt, true, almostOne))).toEqual([1000, 2000, 4000, 5000])
})

test('any part of the ceiling may be drawn, and it is never above 5 s', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64 }),
      fc.boolean(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, slow, x) => {
        expect(backoffMs(n, slow, () => x)).toBeLessThanOrEqual(5000)
        expect(backoffMs(n, slow, () => x)).toBe(x * backoffMs(n, slow, () => 1))
      },
    ),
  )
})
