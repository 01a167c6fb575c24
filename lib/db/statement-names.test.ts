import { expect, it } from 'vitest'
import { createStatementNames } from './statement-names'

it('names what comes a third time, and always the same', () => {
  const { nameOf } = createStatementNames()
  expect([nameOf('a'), nameOf('a'), nameOf('b'), nameOf('a'), nameOf('a')]).toEqual([
    null,
    null,
    null,
    'hushdesk_1',
    'hushdesk_1',
  ])
})

it('names neither long texts nor more than fit', () => {
  const { nameOf } = createStatementNames()
  const often = (text: string) => [nameOf(text), nameOf(text), nameOf(text)].at(-1)
  expect(often('x'.repeat(4_001))).toBeNull()
  const names = Array.from({ length: 160 }, (_, index) => often(`select ${index}`))
  expect(names.filter((name) => name !== null)).toHaveLength(150)
  expect(often('select 1')).toBe('hushdesk_2')
})
