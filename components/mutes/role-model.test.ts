import { expect, it } from 'vitest'
import { rolesOf, rolesOffered, toldChanges } from './role-model'

it('makes one list of what is ticked and typed', () => {
  expect(rolesOf([3, 2], ' 101, 102；2 ')).toEqual({ roles: [2, 3, 101, 102], error: null })
  expect(rolesOf([], '')).toEqual({ roles: [], error: null })
})

it.each(['0', '256', '1.5', '-3', 'admin', '1000'])('takes %s for no role', (typed) => {
  expect(rolesOf([3], typed)).toEqual({ roles: [3], error: 'invalid' })
})

it('takes 20 roles, not 21', () => {
  const typed = (count: number) => Array.from({ length: count }, (_, index) => 100 + index).join(' ')
  expect(rolesOf([], typed(20)).error).toBeNull()
  expect(rolesOf([3], typed(20)).error).toBe('too_many')
})

it('offers the provider’s roles, those of the members and those that are muted', () => {
  expect(rolesOffered([3, 101, null, 3], [120])).toEqual([1, 2, 3, 101, 120])
})

it('tells a command only where something was or will be muted', () => {
  const mute = { before: null, after: 1 }
  const idle = { before: null, after: null }
  expect(toldChanges([idle, mute])).toEqual([mute])
  expect(toldChanges([idle])).toEqual([idle])
})
