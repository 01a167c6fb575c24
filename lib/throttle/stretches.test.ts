import { expect, test } from 'vitest'
import { permitMicros } from './gcra'
import { createStretches, staleAfterMs } from './stretches'

const wish = { key: 'k', perSecond: 200 }
const everyMs = permitMicros(200) / 1_000

test('hands on what is reserved together, each permit as long after the one before as if it were reserved alone', async () => {
  const { next } = createStretches()
  const asked: number[] = []
  const dueAt = performance.now() + 60_000
  const take = (behind: number) =>
    next(wish, { behind, aheadMs: 120_000 }, async (permits) => {
      asked.push(permits)
      return { dueAt, isStale: false }
    })
  const dues = [await take(9), await take(8), await take(7), await take(6)].map((permit) => permit.dueAt)
  expect(dues).toEqual([0, 1, 2, 3].map((index) => dueAt + index * everyMs))
  expect(asked).toEqual([4])
  await take(1)
  await take(0)
  expect(asked).toEqual([4, 2])
})

test('reserves for nobody who does not wait', async () => {
  const { next } = createStretches()
  const asked: number[] = []
  const take = () =>
    next(wish, { behind: 0, aheadMs: 120_000 }, async (permits) => {
      asked.push(permits)
      return { dueAt: performance.now(), isStale: false }
    })
  await take()
  await take()
  expect(asked).toEqual([1, 1])
})

test('hands on no permit that a process slept through', async () => {
  const { next } = createStretches()
  const asked: number[] = []
  const take = (behind: number) =>
    next(wish, { behind, aheadMs: 0 }, async (permits) => {
      asked.push(permits)
      return { dueAt: performance.now() - staleAfterMs - 1_000, isStale: false }
    })
  await take(3)
  await take(2)
  expect(asked).toEqual([4, 3])
})
