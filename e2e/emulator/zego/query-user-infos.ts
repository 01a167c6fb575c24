import { prepareBatch } from './batch'
import type { ZegoEndpoint } from './endpoint'
import { requireUserIds } from './params'
import { BATCH_TOO_LARGE, UNKNOWN_USER } from './unconfirmed'

const MAX_USERS = 100

/** QueryUserInfos: names and pictures of up to 100 users, by their exact ids. */
export const queryUserInfos: ZegoEndpoint = {
  action: 'QueryUserInfos',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: [],
  arrays: ['UserIds'],

  prepare(call) {
    const { users } = call.app
    const ids = requireUserIds(call, call.fields.texts('UserIds'), {
      most: MAX_USERS,
      tooMany: BATCH_TOO_LARGE,
      bytes: 64,
      space: 'with-space',
    })
    return prepareBatch(ids, { field: 'ErrorList', allFailedCode: UNKNOWN_USER }, () => ({
      codeOf: (id) => (users.has(id) ? null : UNKNOWN_USER),
      finish: (good) => ({
        Result: good.map((id) => {
          const avatar = users.get(id)?.avatarUrl ?? ''
          return {
            UserId: id,
            UserName: users.get(id)?.name ?? '',
            UserAvatar: avatar.startsWith('/') ? `${call.origin}${avatar}` : avatar,
            Extra: '',
          }
        }),
      }),
    }))
  },
}
