import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeQuery } from './query'

const text = fc.string({ unit: 'binary' })
const key = fc.string({ unit: fc.constantFrom('A', 'b', 'C', 'd'), minLength: 1 })

test('what is encoded reads back the same, whatever stands in it', () => {
  const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text))
  fc.assert(
    fc.property(fc.dictionary(key, value), (parameters) => {
      const expected = Object.entries(parameters).flatMap(([name, item]): [string, string][] =>
        typeof item === 'object' ? item.map((part) => [`${name}[]`, part]) : [[name, String(item)]],
      )
      expect([...new URLSearchParams(encodeQuery(parameters))]).toEqual(expected)
    }),
  )
})

test('ids of the provider stand encoded, lists behind brackets', () => {
  expect(encodeQuery({ GroupId: '#g&a=1+2%?/ ', UserIds: ['#1', 'b'], IsAllMuted: true, Duration: -1 })).toBe(
    'GroupId=%23g%26a%3D1%2B2%25%3F%2F%20&UserIds[]=%231&UserIds[]=b&IsAllMuted=true&Duration=-1',
  )
})
