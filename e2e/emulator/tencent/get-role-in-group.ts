import type { Endpoint } from './endpoint'
import { countUnknownFields, requireAccountIds } from './fields'
import { GROUP_CALL, refuseTypes, requireGroup, requireGroupId } from './group-fields'
import { TOO_MANY_ROLES } from './unconfirmed'

const MAX_ACCOUNTS = 500

/** v4/group_open_http_svc/get_role_in_group: the roles of up to 500 accounts, `NotMember` among them. */
export const getRoleInGroup: Endpoint = {
  ...GROUP_CALL,
  api: 'get_role_in_group',
  path: '/v4/group_open_http_svc/get_role_in_group',

  prepare(call) {
    countUnknownFields(call, call.body, ['GroupId', 'User_Account'])
    const groupId = requireGroupId(call.body.GroupId)
    const ids = requireAccountIds(call, call.body.User_Account, MAX_ACCOUNTS, {
      invalid: 10004,
      tooMany: TOO_MANY_ROLES,
    })

    return {
      accounts: ids,
      groups: [groupId],
      apply() {
        const group = requireGroup(call, groupId)
        refuseTypes(group, ['AVChatRoom'], 10007)
        return {
          UserIdList: ids.map((id) => ({
            Member_Account: id,
            Role: group.members.get(id)?.role ?? 'NotMember',
          })),
        }
      },
    }
  },
}
