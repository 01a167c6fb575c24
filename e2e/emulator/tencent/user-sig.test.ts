import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { officialUserSig } from '../testing/call-provider'
import { verifyUserSig } from './user-sig'

const KEY = '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e'
const APP = 1400000000

/** Made by the provider's official package with the clock at 1700000000 and a life of 15552000 s. */
const PUBLISHED =
  'eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwhWZiflZpXlQqeKU7MSCgswUJStDEwMogMiUZOamKlkZmqOKplYUZBaBxE1NTY3gosWZ6UpWSj5ljuYp*p7l5unBxXnF2WVhVU4uAf7Ozi5JpX7O5SbuHuUhzgZJmQXaTia2SrUAohcx8g__'
const MADE_AT = 1_700_000_000
const LIFE = 15_552_000

const published = {
  userSig: PUBLISHED,
  secretKey: KEY,
  identifier: 'xiaojun',
  appId: APP,
  nowSeconds: MADE_AT,
}

describe('verifyUserSig', () => {
  it('accepts the published signature, up to and including its last second', () => {
    expect(verifyUserSig(published)).toBeNull()
    expect(verifyUserSig({ ...published, nowSeconds: MADE_AT + LIFE })).toBeNull()
    expect(verifyUserSig({ ...published, nowSeconds: MADE_AT + LIFE + 1 })?.code).toBe(70001)
  })

  it('accepts what the official package signs, for awkward identifiers too', () => {
    for (const identifier of ['administrator', 'night shift', 'a+b%&#/?', '@TGS#2', 'x'.repeat(32)]) {
      const userSig = officialUserSig(APP, KEY, identifier)
      const nowSeconds = Math.floor(Date.now() / 1000)
      expect(verifyUserSig({ userSig, secretKey: KEY, identifier, appId: APP, nowSeconds })).toBeNull()
    }
  })

  it('tells another key, identifier and app apart', () => {
    expect(verifyUserSig({ ...published, secretKey: `${KEY}0` })?.code).toBe(70009)
    expect(verifyUserSig({ ...published, identifier: 'xiaojuN' })?.code).toBe(70013)
    expect(verifyUserSig({ ...published, appId: APP + 1 })?.code).toBe(70014)
  })

  it('does not take the key for hexadecimal', () => {
    const upper = verifyUserSig({ ...published, secretKey: KEY.toUpperCase() })
    expect(upper?.code).toBe(70009)
  })

  it('refuses a document that was changed after signing', () => {
    const longer = encode({ ...signed(), 'TLS.expire': LIFE * 2 })
    expect(verifyUserSig({ ...published, userSig: longer })?.code).toBe(70009)
    expect(verifyUserSig({ ...published, userSig: encode({ ...signed(), 'TLS.sig': 'AAAA' }) })?.code).toBe(
      70009,
    )
  })

  it('does not care about the order of the keys or the level of compression', () => {
    const backwards = Object.fromEntries(Object.entries(signed()).reverse())
    expect(verifyUserSig({ ...published, userSig: encode(backwards, 0) })).toBeNull()
  })

  it.each([
    ['another alphabet', PUBLISHED.replaceAll('*', '+').replaceAll('_', '=')],
    ['a cut end', PUBLISHED.slice(0, -1)],
    ['no zlib', Buffer.from('{"TLS.ver":"2.0"}x').toString('base64')],
    ['no JSON', encodeText('not JSON')],
    ['JSON that is no object', encodeText('[]')],
    ['another version', encode({ ...signed(), 'TLS.ver': '1.0' })],
    ['a number written as text', encode({ ...signed(), 'TLS.time': String(MADE_AT) })],
    ['a missing field', encode({ ...signed(), 'TLS.sig': undefined })],
    ['a foreign field', encode({ ...signed(), 'TLS.extra': 1 })],
    ['a bomb', encodeText(' '.repeat(1_000_000) + JSON.stringify(signed()))],
  ])('refuses %s as malformed', (_, userSig) => {
    expect(verifyUserSig({ ...published, userSig })?.code).toBe(70003)
  })
})

function signed() {
  return {
    'TLS.ver': '2.0',
    'TLS.identifier': 'xiaojun',
    'TLS.sdkappid': APP,
    'TLS.expire': LIFE,
    'TLS.time': MADE_AT,
    'TLS.sig': 'LvA7d/Iw7gSsnskvVzBDPOCCDbuNCw4GHwTC0bip+B4=',
  }
}

function encode(document: object, level?: number): string {
  return encodeText(JSON.stringify(document), level)
}

function encodeText(text: string, level = 9): string {
  const base64 = deflateSync(text, { level }).toString('base64')
  return base64.replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_')
}
