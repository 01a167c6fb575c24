import { currentEnd } from '../ends'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields } from './fields'
import {
  GROUP_CALL,
  requireGroup,
  requireGroupId,
  requireTopic,
  requireTopicId,
  withinAnswer,
} from './group-fields'
import { unixSecondsOf } from './mute-time'
import { MUTED_LIST_KEEPS_ENDED } from './unconfirmed'

/**
 * v4/group_open_http_svc/get_group_muted_account: who is muted in a group, or in its topic, with the ends in Unix
 * seconds. It answers for groups of every type. The sample has no ErrorInfo; the emulator gives it.
 */
export const getGroupMutedAccount: Endpoint = {
  ...GROUP_CALL,
  api: 'get_group_muted_account',
  path: '/v4/group_open_http_svc/get_group_muted_account',

  prepare(call) {
    countUnknownFields(call, call.body, ['GroupId', 'TopicId'])
    const groupId = requireGroupId(call.body.GroupId)
    const topicId = call.body.TopicId === undefined ? null : requireTopicId(call.body.TopicId, groupId)
    return { accounts: [], groups: [groupId], apply: () => mutedOf(call, groupId, topicId) }
  },
}

function mutedOf(call: AdmittedCall, groupId: string, topicId: string | null): Record<string, unknown> {
  const group = requireGroup(call, groupId)
  const place = topicId === null ? group : requireTopic(group, topicId)
  const now = call.clock.mutesNow()
  const muted = [...place.muteEnds].filter(
    ([, end]) => MUTED_LIST_KEEPS_ENDED || currentEnd(end, now) !== null,
  )
  const isLegacy = call.app.hasLegacyNames
  const list = muted.map(([id, end]) => ({
    Member_Account: id,
    [isLegacy ? 'ShuttedUntil' : 'MutedUntil']: unixSecondsOf(end),
  }))
  return withinAnswer({ GroupId: groupId, [isLegacy ? 'ShuttedUinList' : 'MutedAccountList']: list })
}
