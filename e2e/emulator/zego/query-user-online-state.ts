import { prepareBatch } from './batch'
import type { ZegoEndpoint } from './endpoint'
import { requireUserIds } from './params'
import { NOBODY_HAS_STATE } from './unconfirmed'

const MAX_USERS = 100

/** QueryUserOnlineState: whether up to 100 users are online. Who has no login, or no longer one, is an error. */
export const queryUserOnlineState: ZegoEndpoint = {
  action: 'QueryUserOnlineState',
  method: 'GET',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: [],
  arrays: ['UserId'],

  prepare(call) {
    const sessionOf = (id: string) => call.app.users.get(id)?.session ?? 'none'
    const ids = requireUserIds(call, call.fields.texts('UserId'), {
      most: MAX_USERS,
      tooMany: 660000011,
      bytes: 64,
      space: 'with-space',
    })
    return prepareBatch(ids, { field: 'ErrorList', allFailedCode: NOBODY_HAS_STATE }, () => ({
      codeOf: (id) => (sessionOf(id) === 'none' ? 660200001 : null),
      finish: (good) => ({ Result: good.map((id) => ({ UserId: id, Status: sessionOf(id) })) }),
    }))
  },
}
