import 'server-only'
import type { Clock } from '@/lib/clock'
import { distinctUpTo, inBatches } from '../batches'
import { readNext } from '../cursors'
import { ProviderError } from '../errors'
import { exactInteger } from '../json'
import type { CallOptions, GroupInfo, GroupMember, GroupPlace, GroupProvider, Until } from '../port'
import type { ZegoClient } from './client'
import { toDuration, toGroupInfo, toOutcomes } from './mapper'
import { toGroupPage, toJoinedGroupPage, toMemberPage, toMessagePage } from './mapper-pages'
import type { QueryParameters } from './query'
import {
  actions,
  emptySchema,
  envelopeSchema,
  groupIdPattern,
  maxIdBytes,
  messageListSchema,
  queryAppGroupListSchema,
  queryGroupInfoSchema,
  queryGroupMemberListSchema,
  queryGroupsInfoOfUserSchema,
} from './wire'

const missingGroupCode = 660600001
/** Groups asked about at the same time; each is a call of its own. */
const groupsAtOnce = 5

/** The groups of one connection, asked and changed in the name of its operator. */
export function createZegoGroups(client: ZegoClient, operatorUserId: string, clock: Clock): GroupProvider {
  async function getGroup(groupId: string, options: CallOptions): Promise<[string, GroupInfo][]> {
    const input = () => ({ FromUserId: operatorUserId, GroupId: groupId })
    try {
      const { answer, answeredAt } = await client.call(
        { action: 'QueryGroupInfo', input, schema: queryGroupInfoSchema },
        options,
      )
      // UNCONFIRMED how a missing group is answered: an answer about none is taken for that too.
      return answer.GroupId === groupId ? [[groupId, toGroupInfo(answer, answeredAt)]] : []
    } catch (error) {
      if (error instanceof ProviderError && error.options.providerCode === missingGroupCode) return []
      throw error
    }
  }

  async function listMembers(groupId: string, cursor: string | null, options: CallOptions) {
    const Next = exactInteger(readNext(cursor))
    const input = () => ({ GroupId: groupId, Limit: actions.QueryGroupMemberList.maxItems, Next })
    const { answer } = await client.call(
      { action: 'QueryGroupMemberList', input, schema: queryGroupMemberListSchema },
      options,
    )
    return toMemberPage(answer)
  }

  /** `Duration` is always sent: left out it means 0, which lifts. */
  async function muteGroup(
    groupId: string,
    until: Until | null,
    whom: QueryParameters,
    options: CallOptions,
  ): Promise<void> {
    const input = (): QueryParameters => {
      const Duration = toDuration(until, clock.now())
      return {
        FromUserId: operatorUserId,
        GroupId: groupId,
        ...(Duration === 0 ? {} : whom),
        Duration,
      }
    }
    await client.call({ action: 'MuteGroup', input, schema: emptySchema }, options)
  }

  return {
    async listGroups(cursor, options) {
      const Next = readNext(cursor)
      const input = () => ({ Limit: actions.QueryAppGroupList.maxItems, Next })
      const { answer } = await client.call(
        { action: 'QueryAppGroupList', input, schema: queryAppGroupListSchema },
        options,
      )
      return toGroupPage(answer)
    },

    getGroups: (groupIds, options) =>
      inBatches(
        // What cannot be an id is no group: to ask would be refused as a mistake.
        groupIds.filter((groupId) => groupId.length <= maxIdBytes && groupIdPattern.test(groupId)),
        groupsAtOnce,
        async (batch) => (await Promise.all(batch.map((groupId) => getGroup(groupId, options)))).flat(),
      ),

    listMembers: ({ groupId }, cursor, options) => listMembers(groupId, cursor, options),

    async getMembers({ groupId }, userIds, options) {
      const missing = new Set(userIds)
      const found = new Map<string, GroupMember>()
      let cursor: string | null = null
      // Members cannot be asked for by id: pages are read until all are found.
      while (missing.size > 0) {
        const page: Awaited<ReturnType<typeof listMembers>> = await listMembers(groupId, cursor, options)
        for (const member of page.items) if (missing.delete(member.userId)) found.set(member.userId, member)
        if (page.next === null) break
        cursor = page.next
      }
      return found
    },

    async listJoinedGroups(userId, cursor, options) {
      const input = () => ({
        FromUserId: userId,
        Limit: actions.QueryGroupsInfoOfUser.maxItems,
        Next: cursor ?? '',
      })
      const { answer } = await client.call(
        { action: 'QueryGroupsInfoOfUser', input, schema: queryGroupsInfoOfUserSchema },
        options,
      )
      return toJoinedGroupPage(answer)
    },

    listTopics: async () => [],

    readMemberMutes: async () => null,

    async setMemberMutes(place, userIds, until, options) {
      const groupId = groupIdOf(place)
      const ids = distinctUpTo(actions.MuteGroupMembers.maxItems, userIds)
      if (ids.length === 0) return new Map()
      const input = () => ({
        FromUserId: operatorUserId,
        GroupId: groupId,
        UserIds: ids,
        Duration: toDuration(until, clock.now()),
      })
      const { answer } = await client.call(
        { action: 'MuteGroupMembers', input, schema: envelopeSchema },
        options,
      )
      return toOutcomes(ids, answer)
    },

    setEveryoneMute: async (place, until, options) =>
      muteGroup(groupIdOf(place), until, { IsAllMuted: true }, options),

    async setRolesMute(groupId, mute, options) {
      const roles = mute ? [...new Set(mute.roles)] : []
      if (mute && (roles.length === 0 || roles.length > actions.MuteGroup.maxItems)) {
        throw new RangeError(`a mute of roles names 1 to ${actions.MuteGroup.maxItems} of them`)
      }
      await muteGroup(groupId, mute?.until ?? null, { IsAllMuted: false, MuteRoleList: roles }, options)
    },

    async removeMembers(groupId, userIds, options) {
      const ids = distinctUpTo(actions.KickoutGroupUser.maxItems, userIds)
      if (ids.length === 0) return new Map()
      const input = () => ({ FromUserId: operatorUserId, GroupId: groupId, UserId: ids })
      const { answer } = await client.call(
        { action: 'KickoutGroupUser', input, schema: envelopeSchema },
        options,
      )
      return toOutcomes(ids, answer)
    },

    async listGroupMessages(place, cursor, options) {
      const page = historyPage(cursor, actions.QueryGroupMsg.maxItems)
      const groupId = groupIdOf(place)
      const input = () => ({ GroupId: groupId, ...page })
      const { answer } = await client.call(
        { action: 'QueryGroupMsg', input, schema: messageListSchema },
        options,
      )
      return toMessagePage(answer)
    },

    async listPeerMessages({ userId, peerId }, cursor, options) {
      const page = historyPage(cursor, actions.QueryPeerMsg.maxItems)
      const input = () => ({ FromUserId: userId, ToUserId: peerId, ...page })
      const { answer } = await client.call(
        { action: 'QueryPeerMsg', input, schema: messageListSchema },
        options,
      )
      return toMessagePage(answer)
    },
  }
}

/** What was recalled or deleted is asked for too: its place in the conversation is part of the evidence. */
function historyPage(cursor: string | null, Limit: number) {
  return { Limit, Next: exactInteger(readNext(cursor)), WithEmptyMsg: 1 }
}

function groupIdOf({ groupId, topicId }: GroupPlace): string {
  if (topicId !== undefined) throw new RangeError('there are no topics')
  return groupId
}
