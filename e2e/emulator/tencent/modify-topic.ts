import type { Endpoint } from './endpoint'
import { countUnknownFields } from './fields'
import {
  GROUP_CALL,
  requireGroup,
  requireGroupId,
  requireSwitch,
  requireTopic,
  requireTopicId,
} from './group-fields'
import { changeMuteAll } from './groups'

/** v4/million_group_open_http_svc/modify_topic: of all that it can change the emulator knows MuteAllMember. */
export const modifyTopic: Endpoint = {
  ...GROUP_CALL,
  api: 'modify_topic',
  path: '/v4/million_group_open_http_svc/modify_topic',

  prepare(call) {
    countUnknownFields(call, call.body, ['GroupId', 'TopicId', 'From_Account', 'MuteAllMember'])
    const groupId = requireGroupId(call.body.GroupId)
    const topicId = requireTopicId(call.body.TopicId, groupId)
    const isOn = requireSwitch('MuteAllMember', call.body.MuteAllMember)
    return {
      accounts: [],
      groups: [groupId],
      apply() {
        const topic = requireTopic(requireGroup(call, groupId), topicId)
        const everyone = changeMuteAll(topic, isOn)
        call.record({ account: null, group: groupId, topic: topicId, changes: { everyone } })
        call.tip({ group: groupId, topic: topicId, kind: 'group-mute', accounts: [] })
        return {}
      },
    }
  },
}
