import { describe, expect, it } from 'vitest'
import { signZego } from '../testing/call-zego'
import { isSignedWith, rememberNonce } from './signature'

/** The vector that the documents publish with their samples. */
const VECTOR = {
  appId: 12345,
  nonce: '4fd24687296dd9f3',
  timestamp: '1615186943',
  signature: '43e5cfcca828314675f91b001390566a',
}
const SECRET = '9193cc662a4c0ec135ec71fb57194b38'

describe('isSignedWith', () => {
  it('knows the published vector, and the tests sign the same way', () => {
    expect(isSignedWith(SECRET, VECTOR)).toBe(true)
    expect(signZego(12345, VECTOR.nonce, SECRET, 1615186943)).toBe(VECTOR.signature)
  })

  it.each([
    ['another app', { appId: 12346 }],
    ['another nonce', { nonce: '4fd24687296dd9f4' }],
    ['another second', { timestamp: '1615186944' }],
    ['capitals', { signature: VECTOR.signature.toUpperCase() }],
    ['half of it', { signature: VECTOR.signature.slice(0, 16) }],
    ['nothing', { signature: '' }],
  ])('refuses %s', (_, change) => {
    expect(isSignedWith(SECRET, { ...VECTOR, ...change })).toBe(false)
  })
})

describe('rememberNonce', () => {
  it('takes a nonce once in ten minutes', () => {
    const nonces = new Map<string, number>()
    expect(rememberNonce(nonces, 'a', 1000)).toBe(true)
    expect(rememberNonce(nonces, 'b', 1599)).toBe(true)
    expect(rememberNonce(nonces, 'a', 1599)).toBe(false)
    expect(rememberNonce(nonces, 'a', 1600)).toBe(true)
    expect([...nonces.keys()]).toEqual(['b', 'a'])
  })
})
