import { Refusal } from '../refusal'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields } from './fields'
import {
  GROUP_CALL,
  optionalInteger,
  refuseTypes,
  requireGroup,
  requireGroupId,
  withinAnswer,
} from './group-fields'
import type { Member } from './groups'
import { memberFilterOf, memberInfoOf, roleFilterOf } from './member-fields'
import { MAX_MEMBERS_OF_PAGE, MEMBERS_OF_AVCHATROOM } from './unconfirmed'

const FIRST_CURSOR = 144_115_188_075_855_872n

type Page = { limit: number | undefined; offset: number | undefined; next: string | undefined }

/**
 * v4/group_open_http_svc/get_group_member_info: the members of a group by pages: with Offset, or in a community with
 * Next, which is empty at first and at last.
 */
export const getGroupMemberInfo: Endpoint = {
  ...GROUP_CALL,
  api: 'get_group_member_info',
  path: '/v4/group_open_http_svc/get_group_member_info',

  prepare(call) {
    countUnknownFields(call, call.body, [
      'GroupId',
      'Limit',
      'Offset',
      'Next',
      'MemberInfoFilter',
      'MemberRoleFilter',
      'AppDefinedDataFilter_GroupMember',
    ])
    const groupId = requireGroupId(call.body.GroupId)
    const page: Page = {
      limit: optionalInteger('Limit', call.body.Limit, 1, MAX_MEMBERS_OF_PAGE),
      offset: optionalInteger('Offset', call.body.Offset, 0, Number.MAX_SAFE_INTEGER),
      next: nextOf(call.body.Next),
    }
    const filter = memberFilterOf(call, call.body.MemberInfoFilter)
    const hasRole = roleFilterOf(call.body.MemberRoleFilter)
    return { accounts: [], groups: [groupId], apply: () => membersOf(call, groupId, page, filter, hasRole) }
  },
}

function nextOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw new Refusal(10004, 'bad-body', 'Next is no string')
}

function membersOf(
  call: AdmittedCall,
  groupId: string,
  page: Page,
  filter: readonly string[] | undefined,
  hasRole: (member: Member) => boolean,
): Record<string, unknown> {
  const group = requireGroup(call, groupId)
  refuseTypes(group, ['AVChatRoom'], MEMBERS_OF_AVCHATROOM)
  const isCommunity = group.type === 'Community'
  const offset = isCommunity ? offsetByNext(page) : offsetOf(page)
  const members = [...group.members.values()].filter(hasRole)
  const end = offset + (page.limit ?? members.length)
  return withinAnswer({
    ...(isCommunity && { Next: end < members.length ? String(FIRST_CURSOR + BigInt(end)) : '' }),
    MemberNum: group.members.size,
    MemberList: members.slice(offset, end).map((member) => memberInfoOf(call, group, member, filter)),
  })
}

function offsetOf({ offset, next }: Page): number {
  if (next !== undefined) throw new Refusal(10004, 'bad-group-type', 'Next is for communities only')
  return offset ?? 0
}

function offsetByNext({ offset, next }: Page): number {
  if (offset !== undefined) throw new Refusal(10004, 'bad-group-type', 'a community has no Offset')
  if (next === '') return 0
  if (next === undefined) throw new Refusal(10004, 'bad-body', 'Next is missing')
  const position = /^\d{1,19}$/.test(next) ? BigInt(next) - FIRST_CURSOR : -1n
  if (position > 0n) return Number(position)
  throw new Refusal(10004, 'bad-body', 'Next is not what the page before gave')
}
