import type { ZegoEndpoint } from './endpoint'
import type { Fields } from './fields'
import { groupsOf } from './groups'
import { requireRegistered } from './params'

const MAX_GROUPS = 100
const CURSOR = /^after-(\d{1,9})$/

/** QueryGroupsInfoOfUser: the groups of one user. The only Action whose cursor is a string; "0" ends the list. */
export const queryGroupsInfoOfUser: ZegoEndpoint = {
  action: 'QueryGroupsInfoOfUser',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: ['FromUserId', 'Limit', 'Next'],
  arrays: [],

  prepare(call) {
    const userId = requireRegistered(call, null)
    const limit = call.fields.integer('Limit', 1, MAX_GROUPS)
    if (limit === undefined) throw call.fields.refuse('Limit is missing')
    const index = requireIndex(call.fields)

    return {
      accounts: [userId],
      apply() {
        const groups = groupsOf(call.app, userId)
        const end = index + limit
        return {
          NextRsp: end < groups.length ? `after-${end}` : '0',
          HasJoinGroupNum: groups.length,
          GroupInfoList: groups
            .slice(index, end)
            .map(({ id, name }) => ({ GroupId: id, GroupName: name, GroupAvatar: '' })),
        }
      },
    }
  },
}

function requireIndex(fields: Fields): number {
  const cursor = fields.text('Next') ?? ''
  if (cursor === '') return 0
  const [, index] = CURSOR.exec(cursor) ?? []
  if (!index) throw fields.refuse('Next was never given out')
  return Number(index)
}
