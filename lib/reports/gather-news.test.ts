import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gatherNews } from './gather-news'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('the first is told at once, the rest of two seconds once', () => {
  const told: string[] = []
  const { add } = gatherNews<string>((word) => told.push(word))
  add('queue')
  expect(told).toEqual(['queue'])
  for (let i = 0; i < 50; i += 1) add('queue', 'case')
  expect(told).toEqual(['queue'])
  vi.advanceTimersByTime(2_000)
  expect(told).toEqual(['queue', 'queue', 'case'])
  vi.advanceTimersByTime(2_000)
  add('case')
  expect(told).toEqual(['queue', 'queue', 'case', 'case'])
})

test('nothing is told after it was stopped', () => {
  const told: string[] = []
  const { add, stop } = gatherNews<string>((word) => told.push(word))
  add('queue')
  add('queue')
  stop()
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual(['queue'])
})

test('however they come, none is lost and none is told twice within two seconds', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('queue', 'case'), fc.nat(1_400))), (steps) => {
      const told: { word: string; at: number }[] = []
      const { add } = gatherNews<string>((word) => told.push({ word, at: Date.now() }))
      const added = new Map<string, number>()
      for (const [word, waitMs] of steps) {
        add(word)
        added.set(word, Date.now())
        vi.advanceTimersByTime(waitMs)
      }
      vi.advanceTimersByTime(2_000)
      for (const [word, at] of added) {
        const times = told.filter((one) => one.word === word).map((one) => one.at)
        expect(times.at(-1)).toBeGreaterThanOrEqual(at)
        for (const [index, time] of times.slice(1).entries())
          expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(2_000)
      }
    }),
  )
})
