import { expect, test } from 'vitest'
import { gapsBefore } from './gaps'

const takenAt = 1
const none = { seq: '0', isReported: false, takenAt }
const run = (count: number, more: Partial<typeof none> = {}) =>
  Array.from({ length: count }, () => ({ ...none, ...more }))
const reported = { ...none, isReported: true }
/** The places that come after a gap. */
const placesOf = (gaps: boolean[]) => gaps.flatMap((isAfterGap, at) => (isAfterGap ? [at] : []))

test('a group’s messages have a gap where their numbers do', () => {
  const kept = ['7', '8', '30', '31', '33'].map((seq, at) => ({ ...none, seq, takenAt: at }))
  expect(placesOf(gapsBefore(kept, true))).toEqual([2, 4])
})

test.each([
  ['nothing', [], []],
  ['the latest ones of one time', run(20), []],
  ['the latest ones of two times', [...run(5), ...run(5, { takenAt: 2 })], [5]],
  ['those around one', [...run(10), reported, ...run(10)], []],
  ['those around two far apart', [...run(10), reported, ...run(20), reported, ...run(10)], [21]],
  ['those around two near each other', [...run(10), reported, ...run(15), reported, ...run(10)], []],
  [
    'those around the newest one, and around another much later',
    [...run(10), reported, ...run(10, { takenAt: 2 }), { ...reported, takenAt: 2 }],
    [11],
  ],
])('between two people: %s', (_, kept, places) => {
  expect(placesOf(gapsBefore(kept, false))).toEqual(places)
})
