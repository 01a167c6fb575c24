import { expect, it } from 'vitest'
import { nothingSelected, type Selection, toggled } from './selection'

const order = ['a', 'b', 'c', 'd', 'e']

function press(...presses: [key: string, isRange?: boolean][]): string {
  const { keys } = presses.reduce<Selection>(
    (selection, [key, isRange = false]) => toggled(selection, key, order, isRange),
    nothingSelected,
  )
  return order.filter((key) => keys.has(key)).join('')
}

it.each([
  ['one row on and off again', press(['b'], ['b']), ''],
  ['a range downwards', press(['b'], ['d', true]), 'bcd'],
  ['a range upwards goes on from the last row', press(['d'], ['b', true], ['a', true]), 'abcd'],
  [
    'a range takes over that its first row was switched off',
    press(['a'], ['e', true], ['b'], ['d', true]),
    'ae',
  ],
  ['a range without a first row is one row', press(['c', true]), 'c'],
  ['a row that is no longer shown begins no range', press(['x'], ['c', true]), 'c'],
])('%s', (_, selected, expected) => {
  expect(selected).toBe(expected)
})
