import { expect, it } from 'vitest'
import { slaAt } from './sla'

it.each([
  [0, 'later'],
  [74, 'later'],
  [75, 'soon'],
  [99, 'soon'],
  [100, 'overdue'],
])('after %i of 100 it is %s', (now, kind) => {
  expect(slaAt(now, { openedAt: 0, dueAt: 100 })).toBe(kind)
})
