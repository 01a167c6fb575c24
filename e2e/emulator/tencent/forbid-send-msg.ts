import type { MuteWish } from '../schemas'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, requireAccountIds } from './fields'
import {
  GROUP_CALL,
  refuseTypes,
  requireGroup,
  requireGroupId,
  requireTopic,
  requireTopicId,
} from './group-fields'
import { changeMute } from './groups'
import { wishOf } from './mute-time'
import { MUTE_IN_PRIVATE_GROUP, TOO_MANY_MEMBERS_TO_MUTE } from './unconfirmed'

const MAX_ACCOUNTS = 500

/**
 * v4/group_open_http_svc/forbid_send_msg: mutes or unmutes up to 500 members of a group, or of its topic. One code
 * answers for all of them: whoever is no member is passed over in silence, the owner and the admins are muted too.
 */
export const forbidSendMsg: Endpoint = {
  ...GROUP_CALL,
  api: 'forbid_send_msg',
  path: '/v4/group_open_http_svc/forbid_send_msg',

  prepare(call) {
    countUnknownFields(call, call.body, ['GroupId', 'Members_Account', 'MuteTime', 'TopicId'])
    const groupId = requireGroupId(call.body.GroupId)
    const ids = requireAccountIds(call, call.body.Members_Account, MAX_ACCOUNTS, {
      invalid: 10004,
      tooMany: TOO_MANY_MEMBERS_TO_MUTE,
    })
    const wish = wishOf('MuteTime', call.body.MuteTime, 10004)
    const topicId = call.body.TopicId === undefined ? null : requireTopicId(call.body.TopicId, groupId)
    return { accounts: ids, groups: [groupId], apply: () => applyMute(call, groupId, topicId, ids, wish) }
  },
}

function applyMute(
  call: AdmittedCall,
  groupId: string,
  topicId: string | null,
  ids: readonly string[],
  wish: MuteWish,
): Record<string, never> {
  const group = requireGroup(call, groupId)
  refuseTypes(group, ['Private'], MUTE_IN_PRIVATE_GROUP)
  const place = topicId === null ? group : requireTopic(group, topicId)

  const accounts = [...new Set(ids)].filter((id) => group.members.has(id))
  const now = call.clock.mutesNow()
  for (const account of accounts) {
    const member = changeMute(place, account, wish, now)
    call.record({ account, group: groupId, topic: topicId, changes: { member } })
  }
  if (accounts.length > 0) {
    call.tip({ group: groupId, ...(topicId !== null && { topic: topicId }), kind: 'member-mute', accounts })
  }
  return {}
}
