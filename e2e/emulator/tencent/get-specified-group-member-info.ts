import type { Endpoint } from './endpoint'
import { countUnknownFields, requireAccountIds } from './fields'
import { GROUP_CALL, refuseTypes, requireGroup, requireGroupId } from './group-fields'
import { memberFilterOf, memberInfoOf, roleFilterOf } from './member-fields'
import { MEMBERS_OF_AVCHATROOM } from './unconfirmed'

const MAX_ACCOUNTS = 50

/**
 * v4/group_open_http_svc/get_specified_group_member_info: up to 50 members by their ids. Whoever is no member is
 * left out of the answer.
 */
export const getSpecifiedGroupMemberInfo: Endpoint = {
  ...GROUP_CALL,
  api: 'get_specified_group_member_info',
  path: '/v4/group_open_http_svc/get_specified_group_member_info',

  prepare(call) {
    countUnknownFields(call, call.body, [
      'GroupId',
      'Member_List_Account',
      'MemberInfoFilter',
      'MemberRoleFilter',
      'AppDefinedDataFilter_GroupMember',
    ])
    const groupId = requireGroupId(call.body.GroupId)
    const ids = requireAccountIds(call, call.body.Member_List_Account, MAX_ACCOUNTS, {
      invalid: 10004,
      tooMany: 10005,
    })
    const filter = memberFilterOf(call, call.body.MemberInfoFilter)
    const hasRole = roleFilterOf(call.body.MemberRoleFilter)

    return {
      accounts: ids,
      groups: [groupId],
      apply() {
        const group = requireGroup(call, groupId)
        refuseTypes(group, ['AVChatRoom'], MEMBERS_OF_AVCHATROOM)
        const members = [...new Set(ids)].flatMap((id) => group.members.get(id) ?? []).filter(hasRole)
        return {
          GroupId: groupId,
          MemberList: members.map((member) => memberInfoOf(call, group, member, filter)),
        }
      },
    }
  },
}
