import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactInteger, parseExactly } from './json'

test('integers keep every digit, whatever their size, there and back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (integer) => {
      expect(String(parseExactly(`${integer}`))).toBe(String(integer))
      expect(JSON.stringify({ Next: exactInteger(`${integer}`) })).toBe(`{"Next":${integer}}`)
    }),
  )
  expect(parseExactly('{"list":[971503777289036701]}')).toEqual({ list: [971503777289036701n] })
})

test('what would not be a whole number is never written into a document', () => {
  for (const digits of ['1}', '1.5', 'x', '"']) expect(() => exactInteger(digits)).toThrow(SyntaxError)
})

test('all else is as JSON.parse gives it', () => {
  const text =
    '{"a":[1e30,1.5,-0,9007199254740991,"971503777289036701",null,true,{}],"__proto__":{"b":"\\u00e9"}}'
  expect(parseExactly(text)).toEqual(JSON.parse(text))
  expect(() => parseExactly('{"a":')).toThrow(SyntaxError)
})
