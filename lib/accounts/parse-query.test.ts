import { expect, test } from 'vitest'
import { parseQuery } from './parse-query'

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
