import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userIdError } from '@/lib/accounts/rules'
import { leavesOpen } from './errors'
import { answerOf, decodeSegment, encodePath, ReadError, read, readErrorOf } from './read'

/** Legal ids, among them often those that mean something in a path. */
const userId = fc
  .oneof(
    fc.string({ unit: fc.constantFrom('.', '~', ' ', '/', '%', '2', 'e', 'a'), minLength: 1, maxLength: 8 }),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 32 }),
  )
  .filter((id) => userIdError(id) === null)

describe('a path of encoded segments', () => {
  it.each([
    ['.', '/sg/~.'],
    ['..', '/sg/~..'],
    ['~.', '/sg/~~.'],
    ['~~..', '/sg/~~~..'],
    ['~', '/sg/~'],
    ['~lin', '/sg/~lin'],
    ['...', '/sg/...'],
    [' x ', '/sg/%20x%20'],
    ['%2e', '/sg/%252e'],
    ['../x', '/sg/..%2Fx'],
  ])('of %j is %s', (id, expected) => {
    expect(encodePath('sg', id)).toBe(expected)
  })

  it('comes through an address unchanged and gives back every id', () => {
    fc.assert(
      fc.property(userId, (id) => {
        const path = encodePath('sg', id, 'history')
        expect(new URL(path, 'http://console.test').pathname).toBe(path)
        const [, connection = '', segment = '', rest] = path.split('/')
        expect([connection, rest]).toEqual(['sg', 'history'])
        expect(segment).not.toMatch(/^(\.|%2e){0,2}$/i)
        expect(decodeSegment(decodeURIComponent(segment))).toBe(id)
      }),
      { numRuns: 2_000 },
    )
  })
})

it('what gets no answer is told as unanswered, not as what a server said', async () => {
  const unanswered = { code: 'UNANSWERED', requestId: '' }
  await expect(read('http://127.0.0.1:1/nobody-listens', {})).rejects.toMatchObject({ error: unanswered })
  expect(await answerOf(() => Promise.reject(new Error('Failed to fetch')))).toEqual({
    ok: false,
    error: unanswered,
  })
  expect([leavesOpen('UNANSWERED'), leavesOpen('INTERNAL'), leavesOpen('FORBIDDEN')]).toEqual([
    true,
    true,
    false,
  ])
})

it('what broke in the page itself is not told as a server that did not answer', () => {
  const refused = { code: 'INTERNAL', requestId: crypto.randomUUID() } as const
  expect(readErrorOf(new ReadError(refused))).toBe(refused)
  expect(readErrorOf(new TypeError('no such thing'))).toEqual({ code: 'PAGE_BROKE', requestId: '' })
})
