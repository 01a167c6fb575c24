import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery, queryForId } from './parse-query'
import { userIdError } from './rules'

test('a single entry is an id and a part of a name', () => {
  expect(parseQuery(' lin88 ')).toEqual({ ids: ['lin88'], invalid: [], text: 'lin88' })
})

test('a single entry that cannot be an id is a part of a name only', () => {
  expect(parseQuery('小明')).toEqual({ ids: [], invalid: [], text: '小明' })
})

test('several entries are exact ids, whatever separates them, each once', () => {
  expect(parseQuery('a, b\nc\r\na，d')).toEqual({ ids: ['a', 'b', 'c', 'd'], invalid: [], text: null })
})

test('spaces and signs inside an id stay', () => {
  expect(parseQuery('@TGS#1 x%2F, b').ids).toEqual(['@TGS#1 x%2F', 'b'])
})

test('what cannot be an id is named', () => {
  expect(parseQuery(`ok,${'x'.repeat(33)},小明`)).toEqual({
    ids: ['ok'],
    invalid: ['x'.repeat(33), '小明'],
    text: null,
  })
})

test('nothing asks for nothing', () => {
  expect(parseQuery(' ,\n')).toEqual({ ids: [], invalid: [], text: null })
})

describe('between quotation marks', () => {
  test.each([
    ['" x "', [' x ']],
    [' "a,b" ', ['a,b']],
    ['"say ""hi"""', ['say "hi"']],
    ['" x ", y ,"a,b"\n"z"', [' x ', 'y', 'a,b', 'z']],
    ['" "', [' ']],
  ])('%j is exactly what they enclose', (q, ids) => {
    expect(parseQuery(q).ids).toEqual(ids)
  })

  test.each([
    ['"half', ['"half']],
    ['a "b" c', ['a "b" c']],
    ['"a" b', ['"a" b']],
    ['""', ['""']],
    ['"a,\nb"', ['"a', 'b"']],
  ])('%j encloses nothing: the marks belong to the ids', (q, ids) => {
    expect(parseQuery(q).ids).toEqual(ids)
  })

  test('a single entry is a part of a name as it was typed', () => {
    expect(parseQuery(' "the" ')).toEqual({ ids: ['the'], invalid: [], text: '"the"' })
  })

  test('there is a text that asks for any id, alone and in a list', () => {
    const unit = fc.constantFrom('"', ' ', ',', '.', 'a')
    const userId = fc
      .oneof(
        fc.string({ unit, minLength: 1, maxLength: 8 }),
        fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 32 }),
      )
      .filter((id) => userIdError(id) === null)
    fc.assert(
      fc.property(userId, userId, (one, other) => {
        expect(parseQuery(queryForId(one)).ids).toEqual([one])
        expect(parseQuery(`${queryForId(one)}\n${queryForId(other)}`).ids).toEqual([...new Set([one, other])])
      }),
      { numRuns: 2_000 },
    )
  })

  test('an id that needs none has none', () => {
    expect(['lin88', '@TGS#1 x', '..'].map(queryForId)).toEqual(['lin88', '@TGS#1 x', '..'])
  })
})
