import { Refusal } from '../refusal'
import type { ZegoEndpoint } from './endpoint'
import { INVALID } from './fields'
import { indexOfCursor, pageOf } from './paging'
import { requireGroupId } from './params'
import { requireGroup } from './permission'
import { DEFAULT_MEMBERS } from './unconfirmed'

const MAX_MEMBERS = 1000

/** QueryGroupMemberList: the members of a group and their roles; nothing of their mutes. */
export const queryGroupMemberList: ZegoEndpoint = {
  action: 'QueryGroupMemberList',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660600004,
  scalars: ['GroupId', 'Limit', 'Next'],
  arrays: [],

  prepare(call) {
    const groupId = requireGroupId(call.fields)
    const limit = call.fields.integer('Limit', 0, Number.MAX_SAFE_INTEGER) || DEFAULT_MEMBERS
    if (limit > MAX_MEMBERS) {
      throw new Refusal(INVALID, 'batch-too-large', `${limit} members in a page, at most ${MAX_MEMBERS}`)
    }
    const index = indexOfCursor(call.fields, 'Next')
    return {
      accounts: [],
      apply() {
        const members = [...requireGroup(call.app, groupId).members.values()]
        const { page, next } = pageOf(members, index, limit)
        return {
          TotalCount: members.length,
          Next: next,
          MemberList: page.map(({ id, nickname, role }) => ({
            UserId: id,
            UserName: call.app.users.get(id)?.name ?? '',
            UserNickName: nickname,
            Role: role,
          })),
        }
      },
    }
  },
}
