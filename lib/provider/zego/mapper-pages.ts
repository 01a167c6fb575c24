import type { ChatFile } from '../chat-file'
import { type ChatMessage, type GroupMember, groupRoles, type MutedGroup, type Page } from '../port'
import { toFiles } from './mapper-files'
import {
  type FetchForbidGroupListAnswer,
  forbidTypes,
  type MessageListAnswer,
  type QueryAppGroupListAnswer,
  type QueryGroupMemberListAnswer,
  type QueryGroupsInfoOfUserAnswer,
} from './wire'

/** Every cursor but that of `FetchForbidGroupList` ends with 0. */
const toNext = (cursor: string) => (cursor === '0' ? null : cursor)

export function toGroupPage(answer: QueryAppGroupListAnswer): Page<{ groupId: string; name: string | null }> {
  return {
    items: (answer.GroupIdList ?? []).map(({ GroupId, GroupName }) => ({
      groupId: GroupId,
      name: GroupName || null,
    })),
    next: toNext(answer.Next),
    total: answer.TotalCount,
  }
}

/** `FetchEnd` alone tells the end: the documents show a last page whose `NextFlag` is not 0. */
export function toMutedGroupPage(answer: FetchForbidGroupListAnswer): Page<MutedGroup> {
  return {
    items: (answer.GroupList ?? []).map(({ GroupId, ForbidType }) => ({
      groupId: GroupId,
      everyone: (ForbidType & forbidTypes.everyone) !== 0,
      roles: (ForbidType & forbidTypes.roles) !== 0,
      members: (ForbidType & forbidTypes.members) !== 0,
    })),
    next: answer.FetchEnd === 0 ? answer.NextFlag : null,
    total: null,
  }
}

/** A member without a role is an ordinary one: the owner and the admins have theirs. */
export function toMemberPage(answer: QueryGroupMemberListAnswer): Page<GroupMember> {
  return {
    items: (answer.MemberList ?? []).map(({ UserId, UserName, UserNickName, Role }) => ({
      userId: UserId,
      name: UserNickName || UserName || null,
      role: Role ?? groupRoles.member,
    })),
    next: toNext(answer.Next),
    total: answer.TotalCount,
  }
}

export function toJoinedGroupPage(
  answer: QueryGroupsInfoOfUserAnswer,
): Page<{ groupId: string; type: 'zim'; name: string | null }> {
  return {
    items: (answer.GroupInfoList ?? []).map(({ GroupId, GroupName }) => ({
      groupId: GroupId,
      type: 'zim',
      name: GroupName || null,
    })),
    next: toNext(answer.NextRsp),
    total: answer.HasJoinGroupNum,
  }
}

const textType = 1
const kinds = new Map<number, ChatMessage['kind']>([
  [textType, 'text'],
  [10, 'mixed'],
  [11, 'image'],
  [12, 'file'],
  [13, 'audio'],
  [14, 'video'],
  [100, 'mixed'],
])
const emptyStates = new Map<number, ChatMessage['state']>([
  [1, 'deleted'],
  [2, 'recalled'],
])

export function toMessagePage({ Next, List }: MessageListAnswer): Page<ChatMessage> {
  return {
    items: (List ?? []).map((message) => ({
      ...withFiles(toFiles(message.MsgType, message.MsgBody)),
      messageId: message.MsgId,
      seq: message.MsgSeq,
      senderId: message.Sender,
      sentAt: message.MsgTime,
      kind: kinds.get(message.MsgType) ?? 'custom',
      text: message.MsgType === textType ? message.MsgBody || null : null,
      state: emptyStates.get(message.IsEmpty ?? 0) ?? 'present',
    })),
    next: toNext(Next),
    total: null,
  }
}

const withFiles = (files: ChatFile[]) => (files.length > 0 ? { files } : {})
