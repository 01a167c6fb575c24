import { afterEach, expect, test, vi } from 'vitest'
import { shareDownloads } from './share-downloads'

afterEach(() => void vi.useRealTimers())

/** What shares, and which downloads it began. */
function start() {
  const begun: string[] = []
  const share = shareDownloads<null>({ keepMs: 1_000, maxBytes: 10 })
  const get = (key: string, file: ArrayBuffer | null) =>
    share(key, async () => {
      begun.push(key)
      return file
    })
  return { begun, get }
}

test('a file is downloaded once for all who ask meanwhile, and once more when it was kept long enough', async () => {
  vi.useFakeTimers()
  const { begun, get } = start()
  const file = new ArrayBuffer(4)
  expect(await Promise.all([get('a', file), get('a', file)])).toEqual([file, file])
  expect(await get('a', null)).toBe(file)
  expect(begun).toEqual(['a'])
  vi.advanceTimersByTime(1_000)
  await get('a', file)
  expect(begun).toEqual(['a', 'a'])
})

test('what is kept stays within its bytes, the oldest goes first, and what gave none is asked again', async () => {
  vi.useFakeTimers()
  const { begun, get } = start()
  const files = { a: 4, b: 4, c: 6, huge: 11 }
  for (const [key, bytes] of Object.entries(files)) await get(key, new ArrayBuffer(bytes))
  for (const key of ['c', 'b', 'huge', 'a']) await get(key, null)
  expect(begun).toEqual(['a', 'b', 'c', 'huge', 'huge', 'a'])
  await get('a', null)
  expect(begun.at(-1)).toBe('a')
  expect(begun).toHaveLength(7)
})

test('a download that throws is told to all and begun anew', async () => {
  const share = shareDownloads<null>({ keepMs: 1, maxBytes: 1 })
  await expect(share('a', () => Promise.reject(new Error('cut')))).rejects.toThrow('cut')
  expect(await share('a', async () => null)).toBeNull()
})
