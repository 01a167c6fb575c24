import { Refusal } from '../refusal'
import type { Presence } from '../schemas'
import type { Endpoint } from './endpoint'
import { countUnknownFields, requireAccountIds } from './fields'
import { TOO_MANY_PRESENCES } from './unconfirmed'

const MAX_ACCOUNTS = 500

/** v4/openim/query_online_status: the presence of up to 500 accounts. */
export const queryOnlineStatus: Endpoint = {
  api: 'query_online_status',
  path: '/v4/openim/query_online_status',
  limitPerSecond: 200,
  dress: 'action',
  badJsonCode: 90001,
  notAdminCode: 90009,

  prepare(call) {
    countUnknownFields(call, call.body, ['To_Account', 'IsNeedDetail'])
    const { To_Account, IsNeedDetail: detail = 0 } = call.body
    const ids = requireAccountIds(call, To_Account, MAX_ACCOUNTS, {
      invalid: 90003,
      tooMany: TOO_MANY_PRESENCES,
    })
    if (detail !== 0 && detail !== 1) throw new Refusal(90001, 'bad-body', 'IsNeedDetail is neither 0 nor 1')

    return {
      accounts: ids,
      apply() {
        const missing = ids.filter((id) => !call.app.accounts.has(id))
        const found = ids.flatMap((id) => call.app.accounts.get(id) ?? [])
        return {
          QueryResult: found.map(({ id, presence }) => ({
            To_Account: id,
            Status: presence,
            ...(detail === 1 && presence !== 'Offline' && { Detail: platformsOf(presence) }),
          })),
          ...(missing.length > 0 && {
            ErrorList: missing.map((id) => ({ To_Account: id, ErrorCode: 70107 })),
          }),
        }
      },
    }
  },
}

function platformsOf(presence: Exclude<Presence, 'Offline'>) {
  return [{ Platform: presence === 'PushOnline' ? 'iPhone' : 'Web', Status: presence }]
}
