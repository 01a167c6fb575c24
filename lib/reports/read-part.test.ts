import { expect, test } from 'vitest'
import { ProviderError } from '@/lib/provider/errors'
import type { ChatMessage } from '@/lib/provider/port'
import type { HistoryDirection } from './history-schemas'
import type { List } from './read-history'
import { type Part, readPart } from './read-part'

const message = (seq: number): ChatMessage => ({
  ...{ messageId: `m${seq}`, seq: String(seq), senderId: 'ann', sentAt: seq, kind: 'text', text: '' },
  state: 'present',
})

/** A conversation in pages of ten, of which so many are answered before the provider falls silent, at every look. */
function conversation(count: number, answers = Number.POSITIVE_INFINITY) {
  let [calls, left] = [0, answers]
  const list: List = async (cursor) => {
    calls += 1
    left -= 1
    if (left < 0) throw new ProviderError('zego', 'timeout', { effect: 'none', retryable: true })
    const top = cursor === null ? count : Number(cursor)
    const items = Array.from({ length: Math.min(10, top) }, (_, index) => message(top - index))
    return { items, next: top > 10 ? String(top - 10) : null, total: null }
  }
  /** All parts, as somebody gets them who goes on asking. */
  async function readAll(direction: HistoryDirection, from: number): Promise<string[][]> {
    const parts: string[][] = []
    let next: Part['next'] = { from: String(from) }
    while (next && parts.length < 99) {
      left = answers
      const part = await readPart(list, { direction, from: next.from ?? null, ...next })
      parts.push(part.messages.map(({ seq }) => seq))
      next = part.next
    }
    return parts
  }
  return { readAll, calls: () => calls }
}
const seqs = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => String(from + at))

test('what is newer takes no page twice where one part reaches it', async () => {
  const { readAll, calls } = conversation(195)
  expect(await readAll('newer', 20)).toEqual([seqs(21, 195)])
  expect(calls()).toBe(18)
})

test('is all there, once and upwards, where it takes several parts, and takes no page a third time', async () => {
  const { readAll, calls } = conversation(2_000)
  expect((await readAll('newer', 20)).flat()).toEqual(seqs(21, 2_000))
  // One more for each of the parts on the way down, which begins with the page that the one before ended with.
  expect(calls()).toBeLessThanOrEqual(2 * 200 + 11)
})

test('is all there where the way down took more parts than are remembered', async () => {
  const { readAll } = conversation(6_000)
  expect((await readAll('newer', 20)).flat()).toEqual(seqs(21, 6_000))
})

test('goes on from what was read when the provider falls silent', async () => {
  const { readAll } = conversation(120, 3)
  expect((await readAll('newer', 20)).flat()).toEqual(seqs(21, 120))
  const older = await readAll('older', 101)
  expect(older.toReversed().flat()).toEqual(seqs(1, 100))
})

test.each([
  ['older', 0],
  ['newer', 1],
] as const)('fails where %s could not go on from what was read', async (direction, answers) => {
  await expect(conversation(120, answers).readAll(direction, 60)).rejects.toThrow('timeout')
})
