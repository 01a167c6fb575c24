import { describe, expect, it } from 'vitest'
import { maxQueryLength } from '@/lib/accounts/rules'
import { keepOrder, readSearchText } from './search-text'

const ids = (count: number) => Array.from({ length: count }, (_, index) => `user_${index}`)

describe('readSearchText', () => {
  it.each(['', '  ', '\n,\n', '，、'])('takes %j for nothing typed', (text) => {
    expect(readSearchText(text)).toEqual({ kind: 'empty' })
  })

  it.each(['lin', '小林', 'a,b', ids(100).join('\n'), 'x'.repeat(maxQueryLength)])(
    'takes a search',
    (text) => {
      expect(readSearchText(text)).toEqual({ kind: 'ready' })
    },
  )

  it('counts what is too much, and offers the first hundred', () => {
    expect(readSearchText(ids(101).join('\r\n'))).toEqual({
      kind: 'too_many',
      count: 101,
      first: ids(100).join('\n'),
    })
  })

  it('keeps what is quoted quoted in the first hundred', () => {
    const quoted = ['" x "', ...ids(99)].join('\n')
    expect(readSearchText(`${quoted}\nmore`)).toEqual({ kind: 'too_many', count: 101, first: quoted })
  })

  it('counts an id named twice once', () => {
    expect(readSearchText([...ids(100), ...ids(100)].join(', '))).toEqual({ kind: 'ready' })
  })

  it('refuses what is too long', () => {
    expect(readSearchText('x'.repeat(maxQueryLength + 1))).toEqual({ kind: 'too_long' })
  })
})

describe('keepOrder', () => {
  it.each([
    [[], ['b', 'a'], ['b', 'a']],
    [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
      ['a', 'b', 'c'],
    ],
    [
      ['a', 'b', 'c'],
      ['d', 'c', 'a'],
      ['a', 'c', 'd'],
    ],
    [['a'], [], []],
  ])('of %j, when %j comes, is %j', (before, now, expected) => {
    expect(keepOrder(before, now)).toEqual(expected)
  })
})
