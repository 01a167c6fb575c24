import type { ZegoEndpoint } from './endpoint'
import { indexOfCursor, pageOf } from './paging'

const MAX_GROUPS = 10_000

/** QueryAppGroupList: all groups of the app, once a second. */
export const queryAppGroupList: ZegoEndpoint = {
  action: 'QueryAppGroupList',
  method: 'GET',
  limitPerSecond: 1,
  overLimitCode: 660600007,
  scalars: ['Limit', 'Next'],
  arrays: [],

  prepare(call) {
    const limit = call.fields.integer('Limit', 0, Number.MAX_SAFE_INTEGER) || MAX_GROUPS
    const index = indexOfCursor(call.fields, 'Next')
    return {
      accounts: [],
      apply() {
        const groups = [...call.app.groups.values()]
        const { page, next } = pageOf(groups, index, Math.min(limit, MAX_GROUPS))
        return {
          TotalCount: groups.length,
          Next: next,
          GroupIdList: page.map(({ id, name }) => ({ GroupId: id, GroupName: name })),
        }
      },
    }
  },
}
