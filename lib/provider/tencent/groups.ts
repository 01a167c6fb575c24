import 'server-only'
import { inBatches } from '../batches'
import { readNext, readPlace } from '../cursors'
import { exactInteger } from '../json'
import type { GroupProvider } from '../port'
import type { GroupTools } from './group-calls'
import { nextOffset, toGroups, toJoinedGroups, toTopics } from './mapper-groups'
import { judge } from './outcome'
import { commands, maxGroupIdBytes } from './wire'
import {
  type GetAppidGroupListBody,
  type GetGroupInfoBody,
  type GetJoinedGroupListBody,
  type GetTopicBody,
  getAppidGroupListSchema,
  getGroupInfoSchema,
  getJoinedGroupListSchema,
  getTopicSchema,
  groupFields,
  joinedGroupFields,
} from './wire-groups'

type GroupReads = Pick<GroupProvider, 'listGroups' | 'getGroups' | 'listJoinedGroups' | 'listTopics'>

/** The reads about groups as a whole. */
export function createGroupReads({ client, adminIdentifier }: GroupTools): GroupReads {
  return {
    async listGroups(cursor, options) {
      const next = exactInteger(readNext(cursor))
      const body = (): GetAppidGroupListBody => ({
        Limit: commands.get_appid_group_list.maxItems,
        Next: next,
      })
      const { answer } = await client.call(
        { command: 'get_appid_group_list', body, schema: getAppidGroupListSchema },
        options,
      )
      return {
        items: answer.GroupIdList.map(({ GroupId }) => ({ groupId: GroupId, name: null })),
        next: answer.Next === '0' ? null : answer.Next,
        total: answer.TotalCount ?? null,
      }
    },

    getGroups: (groupIds, options) => {
      // What cannot be an id is no group: to ask would be refused as a mistake.
      const possible = groupIds.filter((groupId) => groupId.length <= maxGroupIdBytes)
      return inBatches(possible, commands.get_group_info.maxItems, async (batch) => {
        const body = (): GetGroupInfoBody => ({
          GroupIdList: batch,
          ResponseFilter: { GroupBaseInfoFilter: groupFields },
        })
        const { answer, answeredAt } = await client.call(
          { command: 'get_group_info', body, schema: getGroupInfoSchema },
          options,
        )
        const { groups, failed } = toGroups(answer, answeredAt)
        throwFirst(failed)
        return groups
      })
    },

    async listJoinedGroups(userId, cursor, options) {
      const Offset = cursor === null ? 0 : readPlace(cursor)
      const Limit = commands.get_joined_group_list.maxItems
      const body = (): GetJoinedGroupListBody => ({
        Member_Account: userId,
        Limit,
        Offset,
        WithHugeGroups: 1,
        WithNoActiveGroups: 1,
        SupportTopic: 1,
        ResponseFilter: { GroupBaseInfoFilter: joinedGroupFields },
      })
      const { answer } = await client.call(
        { command: 'get_joined_group_list', body, schema: getJoinedGroupListSchema },
        options,
      )
      const items = toJoinedGroups(answer)
      const next = nextOffset(Offset, items.length, Limit, answer.TotalCount)
      return { items, next, total: answer.TotalCount ?? null }
    },

    async listTopics(groupId, options) {
      const body = (): GetTopicBody => ({ GroupId: groupId, From_Account: adminIdentifier })
      const { answer } = await client.call({ command: 'get_topic', body, schema: getTopicSchema }, options)
      const { topics, failed } = toTopics(answer)
      throwFirst(failed)
      return topics
    },
  }
}

/** One item that could not be looked up spoils the answer: left out, it would read as "does not exist". */
function throwFirst([providerCode]: readonly number[]): void {
  if (providerCode !== undefined) throw judge.failure('refused', 'none', { providerCode })
}
