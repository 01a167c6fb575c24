import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canMatchInside, escapeLike, foldName, searchKey, wideKey } from './search-key'

const name = fc.string({ unit: 'grapheme', maxLength: 30 })

test('a part of a name has a key that is a part of the name’s key', () => {
  fc.assert(
    fc.property(name, name, name, (before, part, after) => {
      const folded = foldName(before) + foldName(part) + foldName(after)
      expect(wideKey(folded)).toContain(wideKey(foldName(part)))
    }),
  )
})

test('a wide key is only what pg_trgm takes for letters in every collation, three for each wide character', () => {
  fc.assert(
    fc.property(name, (text) => {
      const folded = foldName(text)
      expect(wideKey(folded)).toMatch(/^([a-z0-9]{3})*$/)
    }),
  )
  expect(wideKey('小明')).toHaveLength(6)
  expect(wideKey('lin88')).toBe('')
})

test('names fold to what people type: width, case and hidden characters do not matter', () => {
  expect(foldName('ＬＩＮ８８')).toBe('lin88')
  expect(foldName('a\u202Edmin\u200B')).toBe('admin')
  expect(searchKey(null)).toBe('')
})

test('one wide character or three letters can be found inside of names', () => {
  expect(canMatchInside('明')).toBe(true)
  expect(canMatchInside('lin')).toBe(true)
  expect(canMatchInside('li')).toBe(false)
})

test('what LIKE would take for a wildcard is taken literally', () => {
  expect(escapeLike('50%_\\')).toBe('50\\%\\_\\\\')
})
