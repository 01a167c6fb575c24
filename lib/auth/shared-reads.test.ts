import { expect, test } from 'vitest'
import { createSharedReads } from './shared-reads'

/** Reads that end when they are told to; each answers how many had begun before it. */
function stage() {
  const begun: { key: string; end(): void; fail(): void }[] = []
  const read = createSharedReads((key) => {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const number = begun.length
    begun.push({ key, end: () => resolve(number), fail: () => reject(new Error(`read ${number}`)) })
    return promise
  })
  return { begun, read }
}

test('whoever comes while a read is under way shares the next one, which begins after they came', async () => {
  const { begun, read } = stage()
  const first = read('a')
  const [second, third] = [read('a'), read('a')]
  expect(begun).toHaveLength(1)
  begun[0]?.end()
  expect(await first).toBe(0)
  await expect.poll(() => begun.length).toBe(2)
  const fourth = read('a')
  begun[1]?.end()
  expect(await Promise.all([second, third])).toEqual([1, 1])
  await expect.poll(() => begun.length).toBe(3)
  begun[2]?.end()
  expect(await fourth).toBe(2)
  const later = read('a')
  expect(begun).toHaveLength(4)
  begun[3]?.end()
  expect(await later).toBe(3)
})

test('another key is read by itself, and a read that failed spoils only its own', async () => {
  const { begun, read } = stage()
  const [first, other, second] = [read('a'), read('b'), read('a')]
  expect(begun.map(({ key }) => key)).toEqual(['a', 'b'])
  begun[0]?.fail()
  await expect(first).rejects.toThrow('read 0')
  await expect.poll(() => begun.length).toBe(3)
  begun[1]?.end()
  begun[2]?.end()
  expect([await other, await second]).toEqual([1, 2])
})
