import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PriorityFacts, priorityOf } from './priority'

const facts: fc.Arbitrary<PriorityFacts> = fc.record({
  severity: fc.integer({ min: 1, max: 5 }),
  isUrgent: fc.boolean(),
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

test('what leads call urgent stands before everything else, whatever speaks for the others', () => {
  fc.assert(
    fc.property(facts, facts, (threat, other) => {
      const first = priorityOf({ ...threat, isUrgent: true }, null)
      const second = priorityOf({ ...other, isUrgent: false }, null)
      expect(first.priority).toBeGreaterThan(second.priority)
      expect(first.why[0]).toEqual({ kind: 'jump', value: 1 })
      expect(second.why.map(({ kind }) => kind)).not.toContain('jump')
    }),
  )
})
