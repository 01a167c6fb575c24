import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactInteger, parseExactly } from './json'

test('a whole number of any size goes out and comes back digit for digit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (number) => {
      const text = JSON.stringify({ Next: exactInteger(String(number)) })
      expect(text).toBe(`{"Next":${number}}`)
      const parsed = parseExactly(text)
      expect(parsed).toEqual({ Next: Number.isSafeInteger(Number(number)) ? Number(number) : number })
    }),
  )
})

test('everything else is parsed as it always was', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseExactly(text)).toEqual(
        JSON.parse(text, (_, value) =>
          Number.isInteger(value) && !Number.isSafeInteger(value) ? expect.anything() : value,
        ),
      )
    }),
  )
  expect(parseExactly('[1e300, 1.5, "18446744073709551615", null]')).toEqual([
    1e300,
    1.5,
    '18446744073709551615',
    null,
  ])
})

test('what is no whole number is not written as one', () => {
  for (const text of ['1.5', '{}', '"1"', '1,"GroupType":"Public"'])
    expect(() => exactInteger(text)).toThrow()
})
