import { Refusal } from '../refusal'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields } from './fields'
import type { Fields } from './filters'
import {
  GROUP_CALL,
  optionalFlag,
  optionalInteger,
  refuseTypes,
  requireGroup,
  requireGroupId,
  requireTopic,
  requireTopicId,
} from './group-fields'
import type { Message } from './groups'
import { HISTORY_OF_AVCHATROOM, RECALLED_KEEPS_BODY } from './unconfirmed'

const MAX_MESSAGES = 20

const PLACE: Record<Message['state'], number> = { kept: 0, deleted: 1, recalled: 2 }

/**
 * v4/group_open_http_svc/group_msg_get_simple: up to 20 messages of a group or topic, the newest first, up to a
 * number. `IsFinished` says only that the answer holds all that was asked, not that there is nothing older.
 */
export const groupMsgGetSimple: Endpoint = {
  ...GROUP_CALL,
  api: 'group_msg_get_simple',
  path: '/v4/group_open_http_svc/group_msg_get_simple',

  prepare(call) {
    const { body } = call
    countUnknownFields(call, body, ['GroupId', 'ReqMsgNumber', 'ReqMsgSeq', 'WithRecalledMsg', 'TopicId'])
    const groupId = requireGroupId(body.GroupId)
    const count = optionalInteger('ReqMsgNumber', body.ReqMsgNumber, 1, MAX_MESSAGES)
    if (count === undefined) throw new Refusal(10004, 'bad-body', 'ReqMsgNumber is missing')
    const upTo = optionalInteger('ReqMsgSeq', body.ReqMsgSeq, 0, Number.MAX_SAFE_INTEGER)
    const withRecalled = optionalFlag('WithRecalledMsg', body.WithRecalledMsg)
    const topicId = body.TopicId === undefined ? null : requireTopicId(body.TopicId, groupId)

    return {
      accounts: [],
      groups: [groupId],
      apply() {
        const asked = messagesOf(call, groupId, topicId).filter(
          ({ seq, state }) => (upTo === undefined || seq <= upTo) && (withRecalled || state !== 'recalled'),
        )
        return {
          GroupId: groupId,
          IsFinished: 1,
          RspMsgList: asked.slice(-count).reverse().map(described),
        }
      },
    }
  },
}

function messagesOf(call: AdmittedCall, groupId: string, topicId: string | null): readonly Message[] {
  const group = requireGroup(call, groupId)
  refuseTypes(group, ['AVChatRoom'], HISTORY_OF_AVCHATROOM)
  return topicId === null ? group.messages : requireTopic(group, topicId).messages
}

function described({ seq, from, time, random, state, body }: Message): Fields {
  const hasBody = state === 'kept' || (state === 'recalled' && RECALLED_KEEPS_BODY)
  return {
    From_Account: from,
    IsPlaceMsg: PLACE[state],
    MsgBody: hasBody ? body : [],
    MsgPriority: 2,
    MsgRandom: random,
    MsgSeq: seq,
    MsgTimeStamp: time,
  }
}
