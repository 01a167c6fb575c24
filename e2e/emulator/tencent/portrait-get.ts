import { Refusal } from '../refusal'
import type { Account } from './apps'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, requireAccountIds } from './fields'
import { TOO_MANY_PROFILES } from './unconfirmed'

const MAX_ACCOUNTS = 100

/** The standard profile fields. A field that was never set is left out of the answer. */
const TAGS: Record<string, (account: Account, origin: string) => string | number | undefined> = {
  Tag_Profile_IM_Nick: (account) => account.nickname,
  Tag_Profile_IM_Image: ({ avatarUrl }, origin) =>
    avatarUrl?.startsWith('/') ? `${origin}${avatarUrl}` : avatarUrl,
  Tag_Profile_IM_Gender: () => 'Gender_Type_Unknown',
  Tag_Profile_IM_SelfSignature: () => undefined,
  Tag_Profile_IM_AllowType: () => 'AllowType_Type_AllowAny',
  Tag_Profile_IM_AdminForbidType: () => 'AdminForbid_Type_None',
  Tag_Profile_IM_Level: () => 0,
  Tag_Profile_IM_Role: () => 0,
}

/** v4/profile/portrait_get: profile fields of up to 100 accounts. The outer code is 0 even if some accounts fail. */
export const portraitGet: Endpoint = {
  api: 'portrait_get',
  path: '/v4/profile/portrait_get',
  limitPerSecond: 200,
  dress: 'profile',
  badJsonCode: 40001,
  notAdminCode: 40004,

  prepare(call) {
    countUnknownFields(call, call.body, ['To_Account', 'TagList'])
    if (call.body.To_Account === undefined) throw new Refusal(40002, 'bad-body', 'To_Account is missing')
    const ids = requireAccountIds(call, call.body.To_Account, MAX_ACCOUNTS, {
      invalid: 40001,
      tooMany: TOO_MANY_PROFILES,
    })
    const tags = tagsOf(call.body.TagList)
    return { accounts: ids, apply: () => profilesOf(call, ids, tags) }
  },
}

function tagsOf(list: unknown): string[] {
  if (!Array.isArray(list) || list.length === 0)
    throw new Refusal(40001, 'bad-body', 'TagList is missing or empty')
  return list.map((tag: unknown) => {
    if (typeof tag !== 'string') throw new Refusal(40001, 'bad-body', 'a tag is not a string')
    if (!Object.hasOwn(TAGS, tag))
      throw new Refusal(40009, 'bad-body', 'the tag of a profile field does not exist')
    return tag
  })
}

function profilesOf(call: AdmittedCall, ids: string[], tags: string[]): Record<string, unknown> {
  const missing = ids.filter((id) => !call.app.accounts.has(id))
  const items = ids.map((id) => {
    const account = call.app.accounts.get(id)
    if (!account) return { To_Account: id, ResultCode: 40003, ResultInfo: 'Err_Profile_Account_Not_Exist' }
    const fields = tags.flatMap((tag) => {
      const value = TAGS[tag]?.(account, call.origin)
      return value === undefined ? [] : [{ Tag: tag, Value: value }]
    })
    return { To_Account: id, ProfileItem: fields, ResultCode: 0, ResultInfo: '' }
  })
  return { UserProfileItem: items, ...(missing.length > 0 && { Fail_Account: missing }) }
}
