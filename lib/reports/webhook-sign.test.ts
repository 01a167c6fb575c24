import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { signDelivery } from './webhook-sign'

const secret = fc.string({ minLength: 1 })
// What cannot be written as UTF-8 never is a body: JSON escapes it.
const body = fc.string({ unit: 'binary' })
const timestamp = fc.nat({ max: 4_102_444_800 })

test('a signature is what the receiver makes of the bytes that arrived', () => {
  fc.assert(
    fc.property(secret, timestamp, body, (key, at, text) => {
      const received = Buffer.concat([Buffer.from(String(at)), Buffer.from('.'), Buffer.from(text)])
      const right = createHmac('sha256', Buffer.from(key)).update(received).digest('hex')
      expect(signDelivery(key, at, text)).toBe(right)
    }),
  )
})

test('another secret, time or body is another signature, wherever the body begins', () => {
  const all = fc.tuple(secret, timestamp, body)
  fc.assert(
    fc.property(all, all, (one, other) => {
      // A key is hashed from its bytes, filled up with zeros: those say nothing of two keys.
      fc.pre(!one[0].endsWith('\0') && !other[0].endsWith('\0'))
      const isSame = one.every((part, index) => part === other[index])
      expect(signDelivery(...one) === signDelivery(...other)).toBe(isSame)
    }),
  )
  expect(signDelivery('key', 1, '2.{}')).not.toBe(signDelivery('key', 12, '{}'))
})
