import type { Endpoint } from './endpoint'
import { countUnknownFields } from './fields'
import { GROUP_CALL, requireGroup, requireGroupId, requireSwitch } from './group-fields'
import { changeMuteAll } from './groups'

/**
 * v4/group_open_http_svc/modify_group_base_info: of all that it can change the emulator knows MuteAllMember, which
 * the document gives for groups of every type.
 */
export const modifyGroupBaseInfo: Endpoint = {
  ...GROUP_CALL,
  api: 'modify_group_base_info',
  path: '/v4/group_open_http_svc/modify_group_base_info',

  prepare(call) {
    countUnknownFields(call, call.body, ['GroupId', 'MuteAllMember'])
    const groupId = requireGroupId(call.body.GroupId)
    const isOn = requireSwitch('MuteAllMember', call.body.MuteAllMember)
    return {
      accounts: [],
      groups: [groupId],
      apply() {
        const group = requireGroup(call, groupId)
        const everyone = changeMuteAll(group, isOn)
        call.record({ account: null, group: groupId, changes: { everyone } })
        call.tip({ group: groupId, kind: 'group-mute', accounts: [] })
        return {}
      },
    }
  },
}
