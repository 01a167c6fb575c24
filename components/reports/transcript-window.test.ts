import { expect, it } from 'vitest'
import { firstWindow } from './transcript-window'

const messages = (count: number, reported: number) =>
  Array.from({ length: count }, (_, index) => ({ isReported: index === reported }))

it.each([
  ['none', 0, -1, { from: 0, to: 0 }],
  ['few', 3, 1, { from: 0, to: 3 }],
  ['many, the reported one in the middle', 100, 50, { from: 38, to: 63 }],
  ['many, the last one reported', 100, 99, { from: 87, to: 100 }],
  ['many, none reported', 100, -1, { from: 76, to: 100 }],
])('of %s', (_, count, reported, range) => {
  expect(firstWindow(messages(count, reported))).toEqual(range)
})
