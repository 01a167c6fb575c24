import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSessionIds } from './session-ids'

const secret = 's'.repeat(32)

describe('remembered session ids', () => {
  it('are found by the whole token under its secret, and by nothing else', () => {
    const text = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(text, text, text, text, (token, otherToken, authSecret, otherSecret) => {
        const ids = createSessionIds({ capacity: 10, clock: { now: () => 0 } })
        ids.remember(token, authSecret, { sessionId: 'one', expiresAt: 1 })
        expect(ids.find(token, authSecret)).toBe('one')
        if (otherToken !== token) expect(ids.find(otherToken, authSecret)).toBeUndefined()
        if (isOther(otherSecret, authSecret)) expect(ids.find(token, otherSecret)).toBeUndefined()
      }),
    )
  })

  it('end with their token, and are not kept after it', () => {
    let now = 1_000
    const ids = createSessionIds({ capacity: 10, clock: { now: () => now } })
    ids.remember('token', secret, { sessionId: 'one', expiresAt: 2_000 })
    now = 1_999
    expect(ids.find('token', secret)).toBe('one')
    now = 2_000
    expect(ids.find('token', secret)).toBeUndefined()
    ids.remember('token', secret, { sessionId: 'one', expiresAt: 2_000 })
    now = 1_999
    expect(ids.find('token', secret)).toBeUndefined()
  })

  it('are no more than the capacity: the one not used for longest goes', () => {
    const ids = createSessionIds({ capacity: 2, clock: { now: () => 0 } })
    for (const name of ['a', 'b']) ids.remember(name, secret, { sessionId: name, expiresAt: 1 })
    ids.find('a', secret)
    ids.remember('c', secret, { sessionId: 'c', expiresAt: 1 })
    expect(['a', 'b', 'c'].map((name) => ids.find(name, secret))).toEqual(['a', undefined, 'c'])
  })
})

/** A MAC pads its key with zeros. */
function isOther(one: string, other: string): boolean {
  return one.replace(/\0+$/, '') !== other.replace(/\0+$/, '')
}
