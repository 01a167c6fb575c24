import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { Api } from 'tls-sig-api-v2'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createSigner, mintUserSig, signatureLifetimeSeconds } from './sign'

/** The fields in a signature; the text itself depends on key order and on the zlib build. */
function open(signature: string): unknown {
  const base64 = signature.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=')
  return JSON.parse(inflateSync(Buffer.from(base64, 'base64')).toString('utf8'))
}

const sample = {
  sdkAppId: 1_400_000_000,
  identifier: 'xiaojun',
  secretKey: '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e',
}

afterEach(() => {
  vi.useRealTimers()
})

test('the published sample gets the MAC that the official programs give', () => {
  expect(open(mintUserSig(sample, 1_700_000_000, 15_552_000))).toEqual({
    'TLS.ver': '2.0',
    'TLS.identifier': 'xiaojun',
    'TLS.sdkappid': 1_400_000_000,
    'TLS.expire': 15_552_000,
    'TLS.time': 1_700_000_000,
    'TLS.sig': 'LvA7d/Iw7gSsnskvVzBDPOCCDbuNCw4GHwTC0bip+B4=',
  })
})

test('any identifier and key are signed as by the official package', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const identifier = fc.oneof(
    fc.string({ minLength: 1, maxLength: 32 }),
    fc.string({ unit: 'binary', minLength: 1 }),
  )
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 31 }),
      identifier,
      fc.string({ minLength: 1 }),
      fc.integer({ min: 0, max: 2 ** 32 }),
      fc.integer({ min: 1, max: 2 ** 31 }),
      (sdkAppId, id, secretKey, time, lifetime) => {
        vi.setSystemTime(time * 1000)
        const official = new Api(sdkAppId, secretKey).genUserSig(id, lifetime)
        expect(open(mintUserSig({ sdkAppId, identifier: id, secretKey }, time, lifetime))).toEqual(
          open(official),
        )
      },
    ),
  )
})

test('a signature can stand in a query as it is', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (identifier) => {
      expect(mintUserSig({ ...sample, identifier }, 1, 1)).toMatch(/^[A-Za-z0-9*_-]+$/)
    }),
  )
})

describe('the signature of a connection', () => {
  function signerAt(start: number) {
    const clock = { at: start, now: () => clock.at }
    return { clock, signer: createSigner(sample, clock) }
  }

  test('is kept for half its life and then renewed, with 12 hours to spare for clocks that differ', () => {
    const { clock, signer } = signerAt(1_700_000_000_000)
    const first = signer.current()
    clock.at += (signatureLifetimeSeconds / 2) * 1000 - 1
    expect(signer.current()).toBe(first)
    clock.at += 1
    expect(open(signer.current())).toMatchObject({ 'TLS.time': 1_700_043_200, 'TLS.expire': 86_400 })
  })

  test('is replaced when refused, once for all who were refused with it', () => {
    const { clock, signer } = signerAt(1_700_000_000_000)
    const refused = signer.current()
    clock.at += 1000
    signer.renew(refused)
    const next = signer.current()
    expect(next).not.toBe(refused)
    clock.at += 1000
    signer.renew(refused)
    expect(signer.current()).toBe(next)
  })
})
