import 'server-only'
import { inOneCall } from '../batches'
import type { GroupProvider } from '../port'
import type { GroupTools } from './group-calls'
import { toForbidSendMsgBody, toMuteAllMember } from './mapper-groups'
import { commands } from './wire'
import {
  type DeleteGroupMemberBody,
  doneSchema,
  type ModifyGroupBaseInfoBody,
  type ModifyTopicBody,
} from './wire-groups'

type GroupChanges = Pick<
  GroupProvider,
  'setMemberMutes' | 'setEveryoneMute' | 'setRolesMute' | 'removeMembers'
>

/** What changes something in a group. */
export function createGroupChanges({ client, clock }: GroupTools): GroupChanges {
  return {
    setMemberMutes: (place, userIds, until, options) =>
      inOneCall(userIds, commands.forbid_send_msg.maxItems, (ids) => {
        const body = () => toForbidSendMsgBody(place, ids, until, clock.now())
        return client.call({ command: 'forbid_send_msg', body, schema: doneSchema }, options)
      }),

    async setEveryoneMute({ groupId, topicId }, until, options) {
      const group = (): ModifyGroupBaseInfoBody => ({
        GroupId: groupId,
        MuteAllMember: toMuteAllMember(until, clock.now()),
      })
      if (topicId === undefined) {
        const call = { command: 'modify_group_base_info', body: group, schema: doneSchema } as const
        await client.call(call, options)
      } else {
        const body = (): ModifyTopicBody => ({ ...group(), TopicId: topicId })
        await client.call({ command: 'modify_topic', body, schema: doneSchema }, options)
      }
    },

    async setRolesMute() {
      throw new RangeError('this provider mutes no roles')
    },

    removeMembers: (groupId, userIds, options) =>
      inOneCall(userIds, commands.delete_group_member.maxItems, (ids) => {
        const body = (): DeleteGroupMemberBody => ({ GroupId: groupId, MemberToDel_Account: ids })
        return client.call({ command: 'delete_group_member', body, schema: doneSchema }, options)
      }),
  }
}
