import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageAt, instantStyle, type Remaining, remainingAt } from './remaining'

const second = 1_000
const now = Date.UTC(2030, 0, 1, 12)

function secondsShown(rest: Remaining): number {
  switch (rest.kind) {
    case 'forever':
      return Number.POSITIVE_INFINITY
    case 'ended':
      return 0
    case 'days':
      return (rest.days * 24 + rest.hours) * 3600
    case 'hours':
      return rest.hours * 3600 + rest.minutes * 60
    case 'minutes':
      return rest.minutes * 60 + rest.seconds
    case 'seconds':
      return rest.seconds
  }
}

describe('remainingAt', () => {
  it.each([
    [3 * 86_400 + 4 * 3600 + 59 * 60, { kind: 'days', days: 3, hours: 4 }],
    [86_400, { kind: 'days', days: 1, hours: 0 }],
    [86_399, { kind: 'hours', hours: 23, minutes: 59 }],
    [3600, { kind: 'hours', hours: 1, minutes: 0 }],
    [3599, { kind: 'minutes', minutes: 59, seconds: 59 }],
    [60, { kind: 'minutes', minutes: 1, seconds: 0 }],
    [59, { kind: 'seconds', seconds: 59 }],
    [0.001, { kind: 'seconds', seconds: 1 }],
    [0, { kind: 'ended' }],
    [-5, { kind: 'ended' }],
  ])('shows %d s', (seconds, shown) => {
    expect(remainingAt(now + seconds * second, now)).toEqual(shown)
  })

  it('has no end for ever', () => {
    expect(remainingAt('forever', now)).toEqual({ kind: 'forever' })
  })

  it('never grows as time goes on, and shows zero exactly at the end', () => {
    const left = fc.integer({ min: -10 * second, max: 40 * 86_400 * second })
    fc.assert(
      fc.property(left, fc.integer({ min: 0, max: 86_400 * second }), (ms, later) => {
        const before = secondsShown(remainingAt(now + ms, now))
        const after = secondsShown(remainingAt(now + ms, now + later))
        expect(after).toBeLessThanOrEqual(before)
        expect(before === 0).toBe(ms <= 0)
      }),
    )
  })
})

describe('ageAt', () => {
  it.each([
    [-60, { kind: 'now', count: 0 }],
    [1.9, { kind: 'now', count: 0 }],
    [2, { kind: 'seconds', count: 2 }],
    [59.9, { kind: 'seconds', count: 59 }],
    [60, { kind: 'minutes', count: 1 }],
    [3600, { kind: 'hours', count: 1 }],
    [86_400 * 3 + 5, { kind: 'days', count: 3 }],
  ])('of %d s', (seconds, age) => {
    expect(ageAt(now - seconds * second, now)).toEqual(age)
  })
})

describe('instantStyle', () => {
  const at = (text: string) => Date.parse(text)

  it('counts days in the zone of the reader', () => {
    const noon = at('2030-01-01T12:00:00Z')
    const evening = at('2030-01-01T20:00:00Z')
    expect(instantStyle(evening, noon, 'UTC')).toBe('today')
    expect(instantStyle(evening, noon, 'Asia/Shanghai')).toBe('weekdayTime')
  })

  it('names a weekday only while it means one day', () => {
    const noon = at('2030-01-01T12:00:00Z')
    expect(instantStyle(at('2030-01-07T12:00:00Z'), noon, 'UTC')).toBe('weekdayTime')
    expect(instantStyle(at('2030-01-08T12:00:00Z'), noon, 'UTC')).toBe('dayTime')
    expect(instantStyle(at('2029-12-31T12:00:00Z'), noon, 'UTC')).toBe('weekdayTime')
    expect(instantStyle(at('2029-06-01T12:00:00Z'), noon, 'UTC')).toBe('yearTime')
  })
})
