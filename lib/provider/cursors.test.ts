import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readNext, readOldest, readPlace, writeOldest } from './cursors'

test('the cursor of all groups keeps every digit of an unsigned 64-bit number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (next) => {
      expect(readNext(String(next))).toBe(String(next))
    }),
  )
  expect(readNext(null)).toBe('0')
})

test('an offset and a place come back as numbers', () => {
  fc.assert(fc.property(fc.maxSafeNat(), (place) => readPlace(String(place)) === place))
})

test('the oldest message of a conversation comes back, whatever its key holds', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string(), (sentAtSeconds, key) => {
      expect(readOldest(writeOldest({ sentAtSeconds, key }))).toEqual({ sentAtSeconds, key })
    }),
  )
})

test('what came back changed is refused', () => {
  for (const text of ['', '-1', '1.5', '0x10', ' 1', '1,"Limit":1', '18446744073709551616', '9'.repeat(30)])
    expect(() => readNext(text)).toThrow(RangeError)
  for (const text of ['', '9007199254740992', 'NaN', '1e3']) expect(() => readPlace(text)).toThrow(RangeError)
  for (const text of ['', '12', 'x:1', ':1']) expect(() => readOldest(text)).toThrow(RangeError)
})
