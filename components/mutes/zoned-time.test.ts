import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOfWall, wallOfInstant } from './zoned-time'

const zones = [
  'UTC',
  'Asia/Shanghai',
  'Asia/Kolkata',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
]

describe('instantOfWall', () => {
  it.each([
    ['2026-03-01T14:05', 'UTC', '2026-03-01T14:05:00Z'],
    ['2026-03-01T14:05', 'Asia/Shanghai', '2026-03-01T06:05:00Z'],
    ['2026-03-01T14:05', 'Asia/Kolkata', '2026-03-01T08:35:00Z'],
    ['2026-01-15T00:30', 'America/New_York', '2026-01-15T05:30:00Z'],
    ['2026-07-15T00:30', 'America/New_York', '2026-07-15T04:30:00Z'],
  ])('reads %s in %s', (wall, zone, instant) => {
    expect(instantOfWall(wall, zone)).toBe(Date.parse(instant))
  })

  it('takes the first of a time that comes twice', () => {
    expect(instantOfWall('2026-10-25T02:30', 'Europe/Berlin')).toBe(Date.parse('2026-10-25T00:30:00Z'))
  })

  it('counts a skipped time on from before the change', () => {
    expect(instantOfWall('2026-03-29T02:30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T01:30:00Z'))
  })

  it.each(['', 'soon', '2026-02-30T10:00', '2026-01-01T25:00', '2026-01-01', '2026-13-01T00:00'])(
    'refuses %j',
    (text) => {
      expect(instantOfWall(text, 'UTC')).toBeNull()
    },
  )
})

it('reads back every minute that was written', () => {
  const minutes = fc.integer({ min: 24_000_000, max: 60_000_000 })
  fc.assert(
    fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
      const at = minute * 60_000
      const read = instantOfWall(wallOfInstant(at, zone), zone)
      // A time that comes twice reads as its first occurrence, an hour (or half) earlier.
      expect(read === at || (read !== null && at - read <= 3_600_000 && at > read)).toBe(true)
      expect(read === null ? null : wallOfInstant(read, zone)).toBe(wallOfInstant(at, zone))
    }),
  )
})
