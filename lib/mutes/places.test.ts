import { describe, expect, test } from 'vitest'
import { place, places, placeWish } from '@/lib/testing/group-mutes-stage'
import { acceptDriftSchema, applyMuteSchema, historySchema, type PlaceKey, placeKeySchema } from './schemas'

describe('the scopes of a wish fit its place', () => {
  const wrong = (at: object, scopes: string[]) => {
    const { connection, ...rest } = placeWish({ connection: 'sg' })
    const { error } = applyMuteSchema.safeParse({ ...rest, connection, ...at, scopes })
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }
  const { group, community, news } = place

  test.each(Object.entries(places))('%s', (_, at: PlaceKey) => {
    expect(applyMuteSchema.safeParse(placeWish(at)).success).toBe(true)
  })

  test.each([
    ['a group scope without a group', { userId: 'amy' }, ['group'], 'scopes: invalid'],
    [
      'everywhere and in a group at once',
      { userId: 'amy', groupId: group },
      ['group', 'all_groups'],
      'scopes: invalid',
    ],
    ['a global scope in a group', { userId: 'amy', groupId: group }, ['one_to_one'], 'scopes: invalid'],
    [
      'a group scope in a topic',
      { userId: 'amy', groupId: community, topicId: news },
      ['group'],
      'scopes: invalid',
    ],
    ['a topic scope without a topic', { userId: 'amy', groupId: community }, ['topic'], 'scopes: invalid'],
    ['everybody, but one account', { userId: 'amy', groupId: group }, ['everyone'], 'scopes: invalid'],
    ['everybody and more', { groupId: group }, ['everyone', 'group'], 'scopes: invalid'],
    ['nobody', { groupId: group }, ['group'], 'userId: required'],
    ['everybody nowhere', {}, ['everyone'], 'groupId: required'],
    ['a topic of no group', { userId: 'amy', topicId: news }, ['topic'], 'groupId: required'],
    ['an id that cannot be', { userId: 'amy', groupId: '群' }, ['group'], 'groupId: not_printable_ascii'],
    ['an empty id', { userId: 'amy', groupId: '' }, ['group'], 'groupId: required'],
  ])('%s is a mistake in the right field', (_, at, scopes, mistake) => {
    expect(wrong(at, scopes)).toEqual([mistake])
  })

  test('so does the scope whose drift is decided', () => {
    const accept = { connection: 'sg', groupId: group, scope: 'group', version: 0 }
    expect(acceptDriftSchema.safeParse(accept).error?.issues[0]?.path).toEqual(['userId'])
    expect(acceptDriftSchema.safeParse({ ...accept, scope: 'everyone' }).success).toBe(true)
  })

  test('what is looked at names somebody', () => {
    for (const schema of [placeKeySchema, historySchema]) {
      expect(schema.safeParse({ connection: 'sg', userId: 'amy' }).success).toBe(true)
      expect(schema.safeParse({ connection: 'sg', groupId: group }).success).toBe(true)
      for (const at of [{}, { topicId: news }, { userId: 'amy', topicId: news }])
        expect(schema.safeParse({ connection: 'sg', ...at }).error?.issues[0]?.path).toEqual(['groupId'])
    }
  })
})
