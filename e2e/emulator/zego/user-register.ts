import { Refusal } from '../refusal'
import { prepareBatch } from './batch'
import type { ZegoEndpoint } from './endpoint'
import type { Fields } from './fields'
import { requireUserIds } from './params'
import { NOBODY_REGISTERED, TOO_MANY_REGISTRATIONS } from './unconfirmed'

const MAX_USERS = 100
const MAX_NAME_BYTES = 256
const MAX_AVATAR_BYTES = 500
const TAKEN = 660700002

/** UserRegister: makes up to 100 users who have never logged in. The console makes its operator so. */
export const userRegister: ZegoEndpoint = {
  action: 'UserRegister',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660700001,
  scalars: [],
  arrays: ['UserInfo'],

  prepare(call) {
    const { users } = call.app
    const entries = call.fields.objects('UserInfo', ['UserId', 'UserName', 'UserAvatar']) ?? []
    const ids = requireUserIds(
      call,
      entries.map((entry) => entry.text('UserId') ?? ''),
      { most: MAX_USERS, tooMany: TOO_MANY_REGISTRATIONS, bytes: 32, space: 'with-space' },
    )
    const profiles = new Map(entries.map((entry) => [entry.text('UserId'), profileOf(entry)]))

    return prepareBatch(ids, { field: 'ErrorList', allFailedCode: NOBODY_REGISTERED }, () => ({
      codeOf: (id) => (users.has(id) ? TAKEN : null),
      subMessageOf: (code) => (code === TAKEN ? 'user already exists' : 'failed'),
      finish(good) {
        for (const id of good) {
          const { name = '', avatarUrl = '' } = profiles.get(id) ?? {}
          users.set(id, { id, name, avatarUrl, session: 'none' })
        }
        return {}
      },
    }))
  },
}

function profileOf(entry: Fields): { name: string; avatarUrl: string } {
  const name = entry.text('UserName') ?? ''
  const avatarUrl = entry.text('UserAvatar') ?? ''
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw new Refusal(50014, 'bad-body', `UserName is longer than ${MAX_NAME_BYTES} bytes`)
  }
  if (Buffer.byteLength(avatarUrl) > MAX_AVATAR_BYTES) {
    throw entry.refuse(`UserAvatar is longer than ${MAX_AVATAR_BYTES} bytes`)
  }
  return { name, avatarUrl }
}
