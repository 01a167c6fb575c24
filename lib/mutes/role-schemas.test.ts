import { expect, test } from 'vitest'
import { placeWish } from '@/lib/testing/group-mutes-stage'
import type { MuteScope } from './rules'
import { applyMuteSchema } from './schemas'

function mistakes(roles: unknown, scopes: MuteScope[] = ['roles'], topicId?: string) {
  const at = { connection: 'zim', groupId: '#room', ...(topicId && { topicId }) }
  const wish = { ...placeWish(at), scopes }
  const { error } = applyMuteSchema.safeParse(roles === undefined ? wish : { ...wish, roles })
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
}
const manyRoles = (count: number) => Array.from({ length: count }, (_, index) => 100 + index)

test.each<[string, unknown, string[]]>([
  ['one', [3], []],
  ['the first and the last', [1, 255], []],
  ['20', manyRoles(20), []],
  ['21', manyRoles(21), ['roles: too_many']],
  ['none', [], ['roles: required']],
  ['left out', undefined, ['roles: required']],
  ['0', [2, 0], ['roles.1: invalid']],
  ['256', [256], ['roles.0: invalid']],
  ['no whole number', [2.5], ['roles.0: invalid']],
  ['a word', ['admin'], ['roles.0: invalid']],
  ['one twice', [3, 2, 3], ['roles: duplicate']],
])('a mute of roles: %s', (_, roles, expected) => {
  expect(mistakes(roles)).toEqual(expected)
})

test('a mute of everybody names no roles', () => {
  expect(mistakes([3], ['everyone'])).toEqual(['roles: invalid'])
  expect(mistakes(undefined, ['everyone'])).toEqual([])
})

test('one command is not for everybody and for roles, and a topic has no roles', () => {
  expect(mistakes([3], ['everyone', 'roles'])).toEqual(['scopes: invalid'])
  expect(mistakes([3], ['roles'], 'topic')).toEqual(['scopes: invalid'])
})
