import { endOfWish } from '../ends'
import { prepareBatch } from './batch'
import type { ZegoEndpoint } from './endpoint'
import { replaceMemberMute } from './groups'
import { requireDuration, requireGroupId, requireOperator, requireUserIds } from './params'
import { mayMuteMember, requireGroup, requireStanding } from './permission'
import { BATCH_TOO_LARGE, MUTE_NOT_PERMITTED, MUTE_OF_NO_MEMBER } from './unconfirmed'

const MAX_MEMBERS = 20

/** MuteGroupMembers: mutes up to 20 members from now on, or lifts their mutes. The group's own mute stays. */
export const muteGroupMembers: ZegoEndpoint = {
  action: 'MuteGroupMembers',
  method: 'GET',
  limitPerSecond: 20,
  overLimitCode: 660300005,
  scalars: ['FromUserId', 'GroupId', 'Duration'],
  arrays: ['UserIds'],

  prepare(call) {
    const operator = requireOperator(call)
    const groupId = requireGroupId(call.fields)
    const ids = requireUserIds(call, call.fields.texts('UserIds'), {
      most: MAX_MEMBERS,
      tooMany: BATCH_TOO_LARGE,
      bytes: 32,
      space: 'without-space',
    })
    const wish = requireDuration(call)

    return prepareBatch(ids, { field: 'ErrorUsers', allFailedCode: 660600033 }, () => {
      const group = requireGroup(call.app, groupId)
      const standing = requireStanding(group, operator)
      return {
        codeOf(id) {
          const member = group.members.get(id)
          if (!member) return MUTE_OF_NO_MEMBER
          return mayMuteMember(standing, member) ? null : MUTE_NOT_PERMITTED
        },
        finish(good) {
          const now = call.now()
          for (const id of good) {
            const member = group.members.get(id)
            if (!member) continue
            const changes = replaceMemberMute(member, endOfWish(wish, now), now)
            call.record({ account: id, group: groupId, changes })
          }
          if (good.length > 0)
            call.tell({ group: groupId, kind: 'member-mute', operator, accounts: [...good] })
          return {}
        },
      }
    })
  },
}
