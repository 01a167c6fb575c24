import { expect, it } from 'vitest'
import { nameBeingTyped, namedIn } from './mention-rules'

const people = ['Ann', 'Ann Lee', '王小明', 'Bo'].map((name) => ({ name }))

it.each([
  ['@Ann Lee, look', ['Ann Lee']],
  ['please @Ann\n@Bo.', ['Ann', 'Bo']],
  ['@王小明：请看', ['王小明']],
  ['@Anna @Bob mail@Bo @ Ann', []],
])('%s', (text, names) => {
  expect(namedIn(text, people).map(({ name }) => name)).toEqual(names)
})

it('a name is being typed from the @ to the caret', () => {
  expect(['@', 'to @An', 'a@b', '@Ann Lee'].map((text) => nameBeingTyped(text, text.length))).toEqual([
    ...['', 'An', null, null],
  ])
  expect(nameBeingTyped('@An and more', 3)).toBe('An')
})
