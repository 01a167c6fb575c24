import { expect, it } from 'vitest'
import { isCount, isEither, isFlag, isListOf, isNullOr, isOneOf, isShape, isText, parsed } from './shape'

const isPerson = isShape<{ name: string; age: number | null }, { tags: string[]; side: 'left' | 1 }>(
  { name: isText, age: isNullOr(isCount) },
  { tags: isListOf(isText), side: isEither(isOneOf(['left']), isOneOf([1])) },
)

it('takes what has exactly the shape', () => {
  for (const good of [
    { name: '', age: null },
    { name: 'Ann', age: 0, tags: [] },
    { name: 'Ann', age: 41, tags: ['a', 'b'], side: 'left' },
    { name: 'Ann', age: 41, side: 1 },
  ])
    expect(isPerson(good), JSON.stringify(good)).toBe(true)
  expect(isFlag(false)).toBe(true)
})

it('takes nothing else', () => {
  for (const wrong of [
    ...[null, 'Ann', 7, [], {}],
    { name: 'Ann' },
    { name: 'Ann', age: -1 },
    { name: 'Ann', age: 0.5 },
    { name: 'Ann', age: Number.POSITIVE_INFINITY },
    { name: 'Ann', age: '41' },
    { name: 1, age: null },
    { name: 'Ann', age: null, tags: 'a' },
    { name: 'Ann', age: null, tags: [1] },
    { name: 'Ann', age: null, side: 'right' },
    { name: 'Ann', age: null, more: true },
    Object.create({ name: 'Ann', age: null }),
  ])
    expect(isPerson(wrong), JSON.stringify(wrong)).toBe(false)
  expect(isFlag('false')).toBe(false)
})

it('reads JSON only of that shape', () => {
  expect(parsed('{"name":"Ann","age":1}', isPerson)).toEqual({ name: 'Ann', age: 1 })
  for (const text of [null, '', '{', 'null', '{"name":"Ann","age":1,"__proto__":{}}'])
    expect(parsed(text, isPerson)).toBeNull()
})
