import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PriorityFacts, priorityOf } from './priority'
import { reportCategories } from './rules'

const facts: fc.Arbitrary<PriorityFacts> = fc.record({
  category: fc.constantFrom(...reportCategories),
  severity: fc.integer({ min: 1, max: 5 }),
  reportsLastHour: fc.integer({ min: 1, max: 20_000 }),
  reporter: fc.option(
    fc
      .record({ valid: fc.nat(50), judged: fc.nat(50) })
      .map(({ valid, judged }) => ({ valid: Math.min(valid, judged), judged })),
  ),
  repeats: fc.nat(10),
})

test('more reports, a repeat and a better reporter never lower a priority, and are said as its reasons', () => {
  fc.assert(
    fc.property(facts, (one) => {
      const { priority, why } = priorityOf(one, null)
      const more = { ...one, reportsLastHour: one.reportsLastHour + 1, repeats: one.repeats + 1 }
      expect(priorityOf(more, why).priority).toBeGreaterThanOrEqual(priority)
      const untrusted = { ...one, reporter: { valid: 0, judged: 20 } }
      expect(priorityOf(untrusted, why).priority).toBeGreaterThanOrEqual(priority)
      expect(why.map(({ kind }) => kind)).toContain('severity')
      if (one.repeats > 0) expect(why.map(({ kind }) => kind)).toContain('repeat')
    }),
  )
})

test('a threat to life stands before everything else, whatever speaks for the others', () => {
  fc.assert(
    fc.property(facts, facts, (threat, other) => {
      fc.pre(other.category !== 'threat_to_life')
      const first = priorityOf({ ...threat, category: 'threat_to_life' }, null)
      expect(first.priority).toBeGreaterThan(priorityOf(other, null).priority)
      expect(first.why[0]).toEqual({ kind: 'jump', value: 1 })
    }),
  )
})
