import { currentEnd } from '../ends'
import { Refusal } from '../refusal'
import type { MuteEnd } from '../schemas'
import type { ZegoEndpoint } from './endpoint'
import { currentRoles } from './groups'
import { requireGroupId, requireOperator } from './params'
import { FOREVER_EXPIRE_TIME, INFO_OF_NO_GROUP, NO_EXPIRE_TIME } from './unconfirmed'

/** QueryGroupInfo: a group's name and its group-level mute; neither members nor their mutes. */
export const queryGroupInfo: ZegoEndpoint = {
  action: 'QueryGroupInfo',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: ['FromUserId', 'GroupId'],
  arrays: [],

  prepare(call) {
    requireOperator(call)
    const groupId = requireGroupId(call.fields)
    return {
      accounts: [],
      apply() {
        const group = call.app.groups.get(groupId)
        if (!group) throw new Refusal(INFO_OF_NO_GROUP, null, 'the group does not exist')
        const everyone = currentEnd(group.everyone, call.now())
        const { roles, until } = currentRoles(group.roles, call.now())
        return {
          GroupId: group.id,
          GroupName: group.name,
          GroupNotice: '',
          GroupDataSeq: 1,
          GroupAvatar: '',
          IsAllForbid: everyone !== null,
          ForbidList: roles,
          ForbidExpireTime: expireTimeOf(everyone ?? until),
          LimitInfo: { MemberCountLimit: 0, JoinMode: 0, InviteMode: 0, BeInvitedMode: 0, NumberMessage: 0 },
          GroupCreateTime: group.createdAt,
          GroupAttributes: [],
        }
      },
    }
  },
}

function expireTimeOf(end: MuteEnd): number {
  if (end === null) return NO_EXPIRE_TIME
  return end === 'forever' ? FOREVER_EXPIRE_TIME : end
}
