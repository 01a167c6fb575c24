import {
  type GroupInfo,
  type GroupMember,
  type GroupPlace,
  type GroupTopic,
  type GroupType,
  groupRoles,
  type Until,
} from '../port'
import { toSeconds } from './mapper'
import { foreverSeconds } from './wire'
import type {
  EveryoneFields,
  ForbidSendMsgBody,
  GetGroupInfoAnswer,
  GetGroupMutedAccountAnswer,
  GetJoinedGroupListAnswer,
  GetTopicAnswer,
  ModifyGroupBaseInfoBody,
  WireMember,
} from './wire-groups'

/** The codes of an item that say: there is no such group or topic. */
const missingCodes = new Set([10010, 10015, 110003])

/** Old and new names; the answers hold the older of each pair. */
const types = new Map<string, GroupType>([
  ['Private', 'work'],
  ['Work', 'work'],
  ['Public', 'public'],
  ['ChatRoom', 'meeting'],
  ['Meeting', 'meeting'],
  ['AVChatRoom', 'av_chatroom'],
  ['Community', 'community'],
  ['BChatRoom', 'broadcast'],
])

/** Null for the types that an app has made for itself. */
export function toGroupType(name: string | undefined): GroupType | null {
  return types.get(name ?? '') ?? null
}

/**
 * The instant (seconds since 1970) until which somebody is muted → the end. "For ever" is looked for before any
 * arithmetic: as an instant it would be in the year 2106. Ends that have passed are still told by the provider.
 */
export function toEnd(seconds: number, now: number): Until | null {
  if (seconds === foreverSeconds) return 'forever'
  return seconds * 1000 <= now ? null : seconds * 1000
}

/** The mute of everybody is on or off; absent when the answer does not tell. */
export function toEveryone(fields: EveryoneFields): { everyone?: Until | null } {
  const state = fields.MuteAllMember ?? fields.ShutUpAllMember
  return state === undefined ? {} : { everyone: state === 'On' ? 'forever' : null }
}

/** Pairs of id and group, and the codes of those that the provider failed to look up. */
export function toGroups(answer: GetGroupInfoAnswer, readAt: number) {
  const failed: number[] = []
  const groups = answer.GroupInfo.flatMap((item): [string, GroupInfo][] => {
    if (item.ErrorCode !== 0 && !missingCodes.has(item.ErrorCode)) failed.push(item.ErrorCode)
    const type = toGroupType(item.Type)
    if (item.ErrorCode !== 0 || type === null) return []
    const info: GroupInfo = {
      groupId: item.GroupId,
      type,
      name: item.Name || null,
      ownerId: item.Owner_Account || null,
      memberCount: item.MemberNum ?? null,
      ...(item.SupportTopic !== undefined && { hasTopics: item.SupportTopic === 1 }),
      ...toEveryone(item),
      roles: null,
      readAt,
    }
    return [[item.GroupId, info]]
  })
  return { groups, failed }
}

/** The topics, and the codes of those that the provider failed to look up. */
export function toTopics(answer: GetTopicAnswer) {
  const failed: number[] = []
  const topics = answer.TopicAndSelfInfo.flatMap(({ ErrorCode, TopicInfo }): GroupTopic[] => {
    if (ErrorCode !== 0 && !missingCodes.has(ErrorCode)) failed.push(ErrorCode)
    if (ErrorCode !== 0 || !TopicInfo) return []
    return [{ topicId: TopicInfo.TopicId, name: TopicInfo.TopicName || null, ...toEveryone(TopicInfo) }]
  })
  return { topics, failed }
}

const roles = new Map<string, number>([
  ['Owner', groupRoles.owner],
  ['Admin', groupRoles.admin],
])

/** Pairs of id and member; whoever is none is left out. */
export function toMembers(members: readonly WireMember[], now: number): [string, GroupMember][] {
  return members.flatMap((member): [string, GroupMember][] => {
    if (member.Role === 'NotMember') return []
    const until = member.MuteUntil ?? member.ShutUpUntil
    return [
      [
        member.Member_Account,
        {
          userId: member.Member_Account,
          name: member.NameCard || null,
          role: roles.get(member.Role) ?? groupRoles.member,
          ...(until !== undefined && { until: toEnd(until, now) }),
        },
      ],
    ]
  })
}

/** Who is muted, under the newer names and the older ones; ends that have passed are left out. */
export function toMemberMutes(answer: GetGroupMutedAccountAnswer, now: number): Map<string, Until> {
  const ends = [
    ...(answer.MutedAccountList ?? []).map((item) => [item.Member_Account, item.MutedUntil] as const),
    ...(answer.ShuttedUinList ?? []).map((item) => [item.Member_Account, item.ShuttedUntil] as const),
  ]
  return new Map(
    ends.flatMap(([userId, seconds]): [string, Until][] => {
      const until = toEnd(seconds, now)
      return until === null ? [] : [[userId, until]]
    }),
  )
}

export function toJoinedGroups(answer: GetJoinedGroupListAnswer) {
  return answer.GroupIdList.map(({ GroupId, Type, Name }) => ({
    groupId: GroupId,
    type: toGroupType(Type),
    name: Name || null,
  }))
}

/** The body of a mute of members, counted from `now` (epoch ms). */
export function toForbidSendMsgBody(
  place: GroupPlace,
  userIds: string[],
  until: Until | null,
  now: number,
): ForbidSendMsgBody {
  return { ...toPlace(place), Members_Account: userIds, MuteTime: toSeconds(until, now) }
}

/** The mute of everybody has no end here: any that is still to come is "until lifted", one that has passed lifts. */
export function toMuteAllMember(until: Until | null, now: number): ModifyGroupBaseInfoBody['MuteAllMember'] {
  return toSeconds(until, now) === 0 ? 'Off' : 'On'
}

/** A group or a topic, as requests name it. */
export function toPlace({ groupId, topicId }: GroupPlace): { GroupId: string; TopicId?: string } {
  return topicId === undefined ? { GroupId: groupId } : { GroupId: groupId, TopicId: topicId }
}

/** The cursor of what comes after a page that was asked for by its offset; null when there is nothing more. */
export function nextOffset(offset: number, count: number, limit: number, total?: number): string | null {
  const end = offset + count
  const isLast = count === 0 || (total === undefined ? count < limit : end >= total)
  return isLast ? null : String(end)
}
