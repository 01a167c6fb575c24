import { OWNER, type ZegoGroup } from './apps'
import { prepareBatch } from './batch'
import type { ZegoEndpoint } from './endpoint'
import { removeMember } from './groups'
import { requireGroupId, requireOperator, requireUserIds } from './params'
import { requireGroup, requireStanding } from './permission'
import { NOBODY_REMOVED } from './unconfirmed'

const MAX_MEMBERS = 50
const MAX_REASON_BYTES = 32

/** KickoutGroupUser: removes up to 50 members. Nothing keeps them from joining again. */
export const kickoutGroupUser: ZegoEndpoint = {
  action: 'KickoutGroupUser',
  method: 'POST',
  limitPerSecond: 20,
  overLimitCode: 660600005,
  scalars: ['FromUserId', 'GroupId', 'CustomReason'],
  arrays: ['UserId'],

  prepare(call) {
    const operator = requireOperator(call)
    const groupId = requireGroupId(call.fields)
    const ids = requireUserIds(call, call.fields.texts('UserId'), {
      most: MAX_MEMBERS,
      tooMany: 660000011,
      bytes: 32,
      space: 'without-space',
    })
    const reason = call.fields.text('CustomReason') ?? ''
    if (Buffer.byteLength(reason) > MAX_REASON_BYTES) {
      throw call.fields.refuse(`CustomReason is longer than ${MAX_REASON_BYTES} bytes`)
    }

    return prepareBatch(ids, { field: 'ErrorList', allFailedCode: NOBODY_REMOVED }, () => {
      const group = requireGroup(call.app, groupId)
      requireStanding(group, operator)
      return {
        codeOf: (id) => (group.members.has(id) ? null : 660600008),
        finish(good) {
          for (const id of good) {
            const member = group.members.get(id)
            if (!member) continue
            call.record({ account: id, group: groupId, changes: removeMember(group, member, call.now()) })
            if (member.role === OWNER) promoteFirst(group)
          }
          if (good.length > 0) call.tell({ group: groupId, kind: 'kick', operator, accounts: [...good] })
          return {}
        },
      }
    })
  },
}

/** The first of those who are left takes the place of the owner. */
function promoteFirst(group: ZegoGroup): void {
  const [first] = group.members.values()
  if (first) first.role = OWNER
}
