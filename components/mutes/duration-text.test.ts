import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxMuteSeconds } from '@/lib/mutes/rules'
import { durationParts, formatDuration, lengthParts, parseDuration } from './duration-text'

const anySeconds = fc.integer({ min: 1, max: maxMuteSeconds })

describe('parseDuration', () => {
  it.each([
    ['90m', 5_400],
    ['1d12h', 129_600],
    ['1d 12h 30m', 131_400],
    ['2w', 1_209_600],
    [' 1 H ', 3_600],
    ['45s', 45],
    ['１ｄ １２ｈ', 129_600],
    ['4294967294s', maxMuteSeconds],
  ])('reads %j', (text, seconds) => {
    expect(parseDuration(text)).toEqual({ ok: true, seconds })
  })

  it.each([
    ['', 'required'],
    ['   ', 'required'],
    ['0h', 'not_positive'],
    ['0d 0m', 'not_positive'],
    ['-5m', 'not_positive'],
    ['4294967295s', 'beyond_maximum'],
    ['99999999d', 'beyond_maximum'],
    [`${'9'.repeat(59)}s`, 'beyond_maximum'],
    [`${'9'.repeat(60)}s`, 'invalid'],
    ['90', 'invalid'],
    ['--5m', 'invalid'],
    ['1.5h', 'invalid'],
    ['30m 1h', 'invalid'],
    ['1h1h', 'invalid'],
    ['1y', 'invalid'],
    ['tomorrow', 'invalid'],
    ['1d; drop', 'invalid'],
  ])('refuses %j', (text, error) => {
    expect(parseDuration(text)).toEqual({ ok: false, error })
  })

  it('reads back every duration that was written', () => {
    fc.assert(
      fc.property(anySeconds, (seconds) => {
        expect(parseDuration(formatDuration(seconds))).toEqual({ ok: true, seconds })
      }),
    )
  })

  it('takes any spacing and case', () => {
    fc.assert(
      fc.property(anySeconds, fc.boolean(), fc.constantFrom('', ' ', '  '), (seconds, upper, space) => {
        const text = durationParts(seconds)
          .map(({ unit, count }) => `${count}${space}${unit}`)
          .join(space)
        expect(parseDuration(upper ? text.toUpperCase() : text)).toEqual({ ok: true, seconds })
      }),
    )
  })

  it('gives a mute that can be sent or a reason, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9wdhms -]{0,70}$/)), (text) => {
        const parsed = parseDuration(text)
        if (!parsed.ok) return
        expect(Number.isInteger(parsed.seconds)).toBe(true)
        expect(parsed.seconds).toBeGreaterThanOrEqual(1)
        expect(parsed.seconds).toBeLessThanOrEqual(maxMuteSeconds)
      }),
    )
  })
})

describe('formatDuration', () => {
  it.each([
    [600, '10m'],
    [86_400, '1d'],
    [5_400, '1h 30m'],
    [2_592_000, '30d'],
    [90_061, '1d 1h 1m 1s'],
  ])('writes %i s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
})

describe('lengthParts', () => {
  it.each([
    [600, '10m'],
    [86_400, '24h'],
    [129_600, '36h'],
    [172_800, '2d'],
    [5_400, '1h 30m'],
    [604_800, '7d'],
  ])('speaks of %i s', (seconds, text) => {
    const words = lengthParts(seconds).map(({ unit, count }) => `${count}${unit}`)
    expect(words.join(' ')).toBe(text)
  })
})
