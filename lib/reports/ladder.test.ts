import { describe, expect, it, test } from 'vitest'
import type { LadderStep } from '@/lib/settings/report-rules'
import { isAsSuggested, type StrikeFacts, suggest, weightOfStep } from './ladder'

const day = 86_400_000
const now = Date.UTC(2026, 10, 21)
const ladder: LadderStep[] = ['warn', { seconds: 3_600 }, { seconds: 86_400 }, 'forever']
const policy = { ladder, decayDays: 30 }
const strike = (daysAgo: number, voidedAt: number | null = null): StrikeFacts => ({
  givenAt: now - daysAgo * day,
  voidedAt,
})

/** The same numbers at each run. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

describe('the ladder', () => {
  it.each([
    [[], 1, 'warn'],
    [[strike(1)], 2, { seconds: 3_600 }],
    [[strike(1), strike(2), strike(3)], 4, 'forever'],
    [Array.from({ length: 9 }, () => strike(1)), 4, 'forever'],
    [[strike(31), strike(1, now)], 1, 'warn'],
  ] as const)('goes up with strikes that count: %j', (strikes, position, step) => {
    expect(suggest(policy, strikes, now)).toMatchObject({ position, step, steps: 4, decayDays: 30 })
  })

  test('never goes down with one more strike, nor up with time, a void, or a strike that decayed', () => {
    const pick = numbers(7)
    for (let round = 0; round < 500; round += 1) {
      const rising = [...ladder].slice(0, 1 + pick(4))
      const rules = { ladder: rising, decayDays: 1 + pick(60) }
      const strikes = Array.from({ length: pick(8) }, () => strike(pick(90), pick(4) === 0 ? now : null))
      const weight = (list: readonly StrikeFacts[], at = now) => weightOfStep(suggest(rules, list, at).step)
      const here = weight(strikes)
      expect(weight([...strikes, strike(0)])).toBeGreaterThanOrEqual(here)
      expect(weight(strikes, now + pick(100) * day)).toBeLessThanOrEqual(here)
      expect(
        weight(strikes.map((one, index) => (index === 0 ? { ...one, voidedAt: now } : one))),
      ).toBeLessThanOrEqual(here)
      expect(weight([...strikes, strike(91)])).toBe(here)
      expect(suggest(rules, [...strikes].reverse(), now)).toEqual(suggest(rules, strikes, now))
    }
  })
})

describe('what needs a word why', () => {
  it.each([
    ['valid', 'warn', [{ kind: 'warn' }], true],
    ['valid', 'warn', [], false],
    ['valid', 'warn', [{ kind: 'warn' }, { kind: 'mute', seconds: 60 }], false],
    ['valid', { seconds: 3_600 }, [{ kind: 'mute', seconds: 3_600 }], true],
    ['valid', { seconds: 3_600 }, [{ kind: 'mute', seconds: 3_570 }, { kind: 'warn' }], true],
    ['valid', { seconds: 3_600 }, [{ kind: 'extend', seconds: 3_661 }], false],
    ['valid', { seconds: 60 }, [{ kind: 'warn' }], false],
    ['valid', 'forever', [{ kind: 'mute', seconds: Number.POSITIVE_INFINITY }], true],
    ['valid', 'forever', [{ kind: 'mute', seconds: 9e9 }], false],
    ['valid', 'warn', [{ kind: 'warn' }, { kind: 'kick' }], false],
    ['not_valid', 'forever', [], true],
    ['not_valid', 'warn', [{ kind: 'lift' }], true],
    ['bad_faith', 'warn', [{ kind: 'warn' }], false],
    ['cannot_judge', 'warn', [{ kind: 'mute', seconds: 60 }], false],
  ] as const)('%s, %j, %j: as suggested is %s', (verdict, step, actions, isSame) => {
    expect(isAsSuggested({ step }, verdict, actions)).toBe(isSame)
  })
})
