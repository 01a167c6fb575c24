import { Refusal } from '../refusal'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, isAccountId } from './fields'
import { type Fields, filterOf, pick } from './filters'
import {
  GROUP_CALL,
  optionalTexts,
  requireGroup,
  requireGroupId,
  requireTopicId,
  requireTopics,
} from './group-fields'
import type { Topic } from './groups'
import { TOPIC_MISSING, topicShutUpTime } from './unconfirmed'

const TOPIC_FIELDS = [
  'TopicName',
  'FaceUrl',
  'Notification',
  'Introduction',
  'CreateTime',
  'LastMsgTime',
  'NextMsgSeq',
  'MuteAllMember',
  'CustomString',
]

/**
 * v4/million_group_open_http_svc/get_topic: the topics of a community, with an account's own state in each. Every
 * topic has a code of its own; the outer one says nothing.
 */
export const getTopic: Endpoint = {
  ...GROUP_CALL,
  api: 'get_topic',
  path: '/v4/million_group_open_http_svc/get_topic',

  prepare(call) {
    countUnknownFields(call, call.body, ['GroupId', 'From_Account', 'TopicIdList', 'ResponseFilter'])
    const groupId = requireGroupId(call.body.GroupId)
    const { From_Account: account } = call.body
    if (account === undefined) throw new Refusal(10004, 'bad-body', 'From_Account is missing')
    if (!isAccountId(account)) throw new Refusal(10004, 'bad-account-id', 'From_Account is invalid')
    const topicIds = optionalTexts('TopicIdList', call.body.TopicIdList)
    for (const id of topicIds ?? []) requireTopicId(id, groupId)
    const filter = filterOf(call, 'ResponseFilter', call.body.ResponseFilter, TOPIC_FIELDS)

    return {
      accounts: [account],
      groups: [groupId],
      apply() {
        const topics = requireTopics(requireGroup(call, groupId))
        const wanted = topicIds && topicIds.length > 0 ? topicIds : [...topics.keys()]
        return {
          TopicAndSelfInfo: wanted.map((id) => {
            const topic = topics.get(id)
            return topic ? described(call, groupId, topic, account, filter) : missing(groupId, id)
          }),
        }
      },
    }
  },
}

function missing(groupId: string, id: string): Fields {
  return {
    ErrorCode: TOPIC_MISSING,
    ErrorInfo: 'the topic does not exist or was dissolved',
    TopicInfo: { GroupID: groupId, TopicId: id },
  }
}

/** The sample spells the group's id `GroupID` in here. */
function described(
  call: AdmittedCall,
  groupId: string,
  topic: Topic,
  account: string,
  filter: readonly string[] | undefined,
): Fields {
  const fields = {
    TopicName: topic.name,
    FaceUrl: '',
    Notification: '',
    Introduction: '',
    CreateTime: topic.createTime,
    LastMsgTime: topic.messages.at(-1)?.time ?? 0,
    NextMsgSeq: topic.messages.length + 1,
    MuteAllMember: topic.muteAll ? 'On' : 'Off',
    CustomString: '',
  }
  const end = topic.muteEnds.get(account) ?? null
  return {
    ErrorCode: 0,
    ErrorInfo: 'ok',
    SelfInfo: {
      ShutUpTime: topicShutUpTime(end, call.clock.mutesNow()),
      MsgSeq: topic.messages.length,
      MsgFlag: 'AcceptAndNotify',
    },
    TopicInfo: { GroupID: groupId, TopicId: topic.id, ...pick(fields, filter) },
  }
}
