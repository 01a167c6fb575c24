import { expect, test } from 'vitest'
import { together } from './together'

test('the first is begun at once; what comes meanwhile is done together, in bounded parts, each with its own answer', async () => {
  const begun: number[][] = []
  const ends: (() => void)[] = []
  const double = together(2, async (pieces: readonly number[]) => {
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
  const check = together(5, async (pieces: readonly string[]) => {
    if (pieces.includes('bad')) throw new Error('refused')
    return pieces
  })
  const told = await Promise.allSettled(['one', 'bad', 'beside'].map(check))
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await check('after')).toBe('after')
  const short = together(5, async () => [])
  await expect(short('lost')).rejects.toThrow('not answered')
})
