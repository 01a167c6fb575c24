import 'server-only'
import { inBatches } from '../batches'
import { readPlace } from '../cursors'
import type { CallOptions, GroupProvider } from '../port'
import { groupCapabilities } from './capabilities'
import type { GroupTools } from './group-calls'
import { nextOffset, toMemberMutes, toMembers, toPlace } from './mapper-groups'
import { commands } from './wire'
import {
  type GetGroupMemberInfoBody,
  type GetGroupMutedAccountBody,
  type GetRoleInGroupBody,
  type GetSpecifiedGroupMemberInfoBody,
  getGroupMemberInfoSchema,
  getGroupMutedAccountSchema,
  getRoleInGroupSchema,
  getSpecifiedGroupMemberInfoSchema,
  memberFields,
} from './wire-groups'

type MemberReads = Pick<GroupProvider, 'listMembers' | 'getMembers' | 'readMemberMutes'>

/** The reads about members of a group. */
export function createMemberReads({ client }: GroupTools): MemberReads {
  return {
    async listMembers({ groupId, type }, cursor, options) {
      const Limit = commands.get_group_member_info.maxItems
      const isCommunity = type === 'community'
      const offset = isCommunity || cursor === null ? 0 : readPlace(cursor)
      const body = (): GetGroupMemberInfoBody => ({
        GroupId: groupId,
        Limit,
        ...(isCommunity ? { Next: cursor ?? '' } : { Offset: offset }),
        MemberInfoFilter: memberFields,
      })
      const { answer, answeredAt } = await client.call(
        { command: 'get_group_member_info', body, schema: getGroupMemberInfoSchema },
        options,
      )
      const { MemberList, MemberNum, Next } = answer
      return {
        items: toMembers(MemberList, answeredAt).map(([, member]) => member),
        next: isCommunity ? Next || null : nextOffset(offset, MemberList.length, Limit, MemberNum),
        total: MemberNum ?? null,
      }
    },

    getMembers({ groupId, type }, userIds, options) {
      const ask = groupCapabilities[type]?.canListMembers ? askProfiles : askRoles
      return ask(groupId, userIds, options)
    },

    async readMemberMutes(place, options) {
      const body = (): GetGroupMutedAccountBody => toPlace(place)
      const { answer, answeredAt } = await client.call(
        { command: 'get_group_muted_account', body, schema: getGroupMutedAccountSchema },
        options,
      )
      return { until: toMemberMutes(answer, answeredAt), readAt: answeredAt }
    },
  }

  function askProfiles(groupId: string, userIds: readonly string[], options: CallOptions) {
    return inBatches(userIds, commands.get_specified_group_member_info.maxItems, async (batch) => {
      const body = (): GetSpecifiedGroupMemberInfoBody => ({
        GroupId: groupId,
        Member_List_Account: batch,
        MemberInfoFilter: memberFields,
      })
      const { answer, answeredAt } = await client.call(
        { command: 'get_specified_group_member_info', body, schema: getSpecifiedGroupMemberInfoSchema },
        options,
      )
      return toMembers(answer.MemberList, answeredAt)
    })
  }

  /** For groups that keep no profiles of members: roles alone. An AVChatRoom refuses this too, and says so. */
  function askRoles(groupId: string, userIds: readonly string[], options: CallOptions) {
    return inBatches(userIds, commands.get_role_in_group.maxItems, async (batch) => {
      const body = (): GetRoleInGroupBody => ({ GroupId: groupId, User_Account: batch })
      const { answer, answeredAt } = await client.call(
        { command: 'get_role_in_group', body, schema: getRoleInGroupSchema },
        options,
      )
      return toMembers(answer.UserIdList, answeredAt)
    })
  }
}
