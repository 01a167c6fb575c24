import { Refusal } from '../refusal'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, requireAccountIds } from './fields'
import { TOO_MANY_CHECKS } from './unconfirmed'

const MAX_ACCOUNTS = 100

/** v4/im_open_login_svc/account_check: which of up to 100 accounts exist. */
export const accountCheck: Endpoint = {
  api: 'account_check',
  path: '/v4/im_open_login_svc/account_check',
  limitPerSecond: 100,
  dress: 'action',
  badJsonCode: 60003,
  notAdminCode: 70403,

  prepare(call) {
    countUnknownFields(call, call.body, ['CheckItem'])
    const ids = requireAccountIds(call, userIdsOf(call), MAX_ACCOUNTS, {
      invalid: 70402,
      tooMany: TOO_MANY_CHECKS,
    })

    return {
      accounts: ids,
      apply: () => ({
        ResultItem: ids.map((id) => ({
          UserID: id,
          ResultCode: 0,
          ResultInfo: '',
          AccountStatus: call.app.accounts.has(id) ? 'Imported' : 'NotImported',
        })),
      }),
    }
  },
}

function userIdsOf(call: AdmittedCall): unknown {
  const items = call.body.CheckItem
  if (!Array.isArray(items)) return undefined
  return items.map((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('UserID' in item)) {
      throw new Refusal(70402, 'bad-body', 'an entry of CheckItem has no UserID')
    }
    countUnknownFields(call, item, ['UserID'])
    return item.UserID
  })
}
