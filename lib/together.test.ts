import { expect, test } from 'vitest'
import { together } from './together'

test('the first is begun at once; what comes meanwhile is done together, in bounded parts, each with its own answer', async () => {
  const begun: number[][] = []
  const ends: (() => void)[] = []
  const double = together({ atMost: 2 }, async (pieces: readonly number[]) => {
    begun.push([...pieces])
    await new Promise<void>((resolve) => ends.push(resolve))
    return pieces.map((piece) => piece * 2)
  })
  const answers = Promise.all([1, 2, 3, 4].map(double))
  expect(begun).toEqual([[1]])
  for (let part = 0; part < 3; part += 1) {
    await expect.poll(() => ends.length).toBe(part + 1)
    ends[part]?.()
  }
  expect(await answers).toEqual([2, 4, 6, 8])
  expect(begun).toEqual([[1], [2, 3], [4]])
})

test('what fails, fails for those that were done together, and not for the next ones', async () => {
  const check = together({ atMost: 5 }, async (pieces: readonly string[]) => {
    if (pieces.includes('bad')) throw new Error('refused')
    return pieces
  })
  const told = await Promise.allSettled(['one', 'bad', 'beside'].map(check))
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await check('after')).toBe('after')
  const short = together({ atMost: 5 }, async () => [])
  await expect(short('lost')).rejects.toThrow('not answered')
})

test('one that may wait is done with what comes soon after it', async () => {
  const begun: string[][] = []
  const write = together({ atMost: 9, lingerMs: 20 }, async (pieces: readonly string[]) => {
    begun.push([...pieces])
    return pieces
  })
  const first = write('first')
  await Promise.resolve()
  expect(await Promise.all([first, write('soon after')])).toEqual(['first', 'soon after'])
  expect(begun).toEqual([['first', 'soon after']])
})
