import { groupTypeSchema } from '../group-schemas'
import { Refusal } from '../refusal'
import { MAX_GROUPS } from './apps'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields } from './fields'
import { GROUP_CALL, optionalInteger } from './group-fields'

/** Beyond the doubles, and followed by odd numbers only: whoever reads it as a double comes back with another. */
const FIRST_CURSOR = 2n ** 63n + 1n

/** v4/group_open_http_svc/get_appid_group_list: the ids of all groups of the app, by pages, once a second. */
export const getAppidGroupList: Endpoint = {
  ...GROUP_CALL,
  limitPerSecond: 1,
  api: 'get_appid_group_list',
  path: '/v4/group_open_http_svc/get_appid_group_list',

  prepare(call) {
    countUnknownFields(call, call.body, ['Limit', 'Next', 'GroupType'])
    const limit = optionalInteger('Limit', call.body.Limit, 1, MAX_GROUPS) ?? MAX_GROUPS
    const offset = offsetOf(call.body.Next ?? 0)
    const type = call.body.GroupType
    if (type !== undefined && !groupTypeSchema.safeParse(type).success) {
      throw new Refusal(10004, 'bad-body', 'GroupType is no type of groups')
    }
    return { accounts: [], apply: () => pageOf(call, Math.min(limit, call.app.groupsPerPage), offset, type) }
  },
}

function offsetOf(next: unknown): number {
  if (next === 0) return 0
  if (typeof next === 'bigint' && next >= FIRST_CURSOR && next % 2n === 1n) {
    return Number((next - FIRST_CURSOR) / 2n)
  }
  throw new Refusal(10004, 'bad-body', 'Next is neither 0 nor what the page before gave')
}

function pageOf(call: AdmittedCall, limit: number, offset: number, type: unknown): Record<string, unknown> {
  const ids = [...call.app.groups.values()]
    .filter((group) => type === undefined || group.type === type)
    .map(({ id }) => ({ GroupId: id }))
  const end = offset + limit
  return {
    TotalCount: ids.length,
    GroupIdList: ids.slice(offset, end),
    Next: end < ids.length ? FIRST_CURSOR + BigInt(end) * 2n : 0,
  }
}
