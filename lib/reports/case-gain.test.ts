import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultReportPolicies } from '@/lib/settings/report-defaults'
import { type CaseFacts, gainOf } from './case-gain'

const categories = ['spam', 'harassment', 'threat_to_life', 'other'] as const
const now = Date.UTC(2026, 0, 1)

const reporter = fc.record({
  reporterId: fc.constantFrom(null, 'ann', 'bob', 'cho'),
  judged: fc.constant(10),
  valid: fc.integer({ min: 0, max: 10 }),
})
const joining = fc.array(fc.record({ category: fc.constantFrom(...categories), reporter }), {
  minLength: 1,
  maxLength: 8,
})

test('reports that arrive together add the same to their case as one after the other', () => {
  fc.assert(
    fc.property(joining, fc.integer({ min: 0, max: 5 }), fc.boolean(), (asked, repeats, isNew) => {
      const why = isNew ? null : [{ kind: 'severity' as const, value: 2 }]
      const start = { category: 'other' as const, priority: 0, why, reportsLastHour: 3 }
      const factsAt = (
        at: (typeof asked)[number],
        stand: Partial<CaseFacts>,
        known: string[],
      ): CaseFacts => ({
        ...{ number: 1, repeats, now, ...start, ...at.reporter, ...stand },
        isKnown: at.reporter.reporterId !== null && known.includes(at.reporter.reporterId),
      })
      const together = gainOf(
        defaultReportPolicies,
        asked.map((at) => ({ category: at.category, facts: factsAt(at, {}, ['cho']) })),
      )

      let [stand, reporters, dueAt]: [Partial<CaseFacts>, number, number] = [{}, 0, Infinity]
      const known = ['cho']
      asked.forEach((at, index) => {
        const facts = factsAt(at, { ...stand, reportsLastHour: 3 + index }, known)
        const gain = gainOf(defaultReportPolicies, [{ category: at.category, facts }])
        stand = { category: gain.category, priority: gain.priority, why: gain.priorityWhy }
        reporters += gain.reporterCount
        dueAt = Math.min(dueAt, gain.dueAt ?? Infinity)
        if (at.reporter.reporterId !== null) known.push(at.reporter.reporterId)
      })
      expect(together).toEqual({
        reportCount: asked.length,
        reporterCount: reporters,
        category: stand.category,
        priority: stand.priority,
        priorityWhy: stand.why,
        dueAt: dueAt === Infinity ? null : dueAt,
      })
    }),
  )
})
