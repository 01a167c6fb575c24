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
    const limit = Math.min(call.fields.integer('Limit', 0, Number.MAX_SAFE_INTEGER) || MAX_GROUPS, MAX_GROUPS)
    const index = indexOfCursor(call.fields, 'Next')
    if (index % limit !== 0) call.violate('bad-query', 'Limit is not the one of the pages before')
    return {
      accounts: [],
      apply() {
        const groups = [...call.app.groups.values()]
        const { page, next } = pageOf(groups, index, limit)
        return {
          TotalCount: groups.length,
          Next: next,
          GroupIdList: page.map(({ id, name }) => ({ GroupId: id, GroupName: name })),
        }
      },
    }
  },
}
