import { Refusal } from '../refusal'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields } from './fields'
import type { Fields } from './filters'
import { groupBaseOf, groupFilterOf } from './group-base-fields'
import { GROUP_CALL, isGroupId, optionalTexts, withinAnswer } from './group-fields'
import { memberFilterOf, memberInfoOf } from './member-fields'
import { responseFilterOf } from './response-filter'
import { TOO_MANY_GROUPS } from './unconfirmed'

const MAX_GROUPS = 50

/** What of each group is asked: base fields and members, either with the fields wanted. */
type Wanted = {
  base: readonly string[] | undefined
  members: { filter: readonly string[] | undefined } | null
}

/**
 * v4/group_open_http_svc/get_group_info: up to 50 groups. Each has a code of its own; the outer one says nothing.
 * Without a filter the answer holds every member, which the documents allow and which counts as a violation here.
 */
export const getGroupInfo: Endpoint = {
  ...GROUP_CALL,
  api: 'get_group_info',
  path: '/v4/group_open_http_svc/get_group_info',

  prepare(call) {
    countUnknownFields(call, call.body, ['GroupIdList', 'ResponseFilter'])
    const ids = optionalTexts('GroupIdList', call.body.GroupIdList) ?? []
    if (ids.length === 0) throw new Refusal(10004, 'bad-body', 'GroupIdList is missing or empty')
    if (ids.length > MAX_GROUPS) {
      throw new Refusal(TOO_MANY_GROUPS, 'batch-too-large', `${ids.length} groups, at most ${MAX_GROUPS}`)
    }
    const wanted = wantedOf(call)
    return {
      accounts: [],
      groups: ids,
      apply: () => withinAnswer({ GroupInfo: ids.map((id) => groupOf(call, id, wanted)) }),
    }
  },
}

function wantedOf(call: AdmittedCall): Wanted {
  const filter = responseFilterOf(call, [
    'GroupBaseInfoFilter',
    'MemberInfoFilter',
    'AppDefinedDataFilter_Group',
    'AppDefinedDataFilter_GroupMember',
  ])
  if (!filter) {
    call.violate('unfiltered', 'without a filter every member is in the answer')
    return { base: undefined, members: { filter: undefined } }
  }
  const members = memberFilterOf(call, filter.MemberInfoFilter)
  return {
    base: groupFilterOf(call, filter.GroupBaseInfoFilter) ?? [],
    members: members ? { filter: members } : null,
  }
}

function groupOf(call: AdmittedCall, id: string, { base, members }: Wanted): Fields {
  if (!isGroupId(id)) {
    call.violate('bad-group-id', 'a group id is not 1 to 48 bytes of printable ASCII')
    return { GroupId: id, ErrorCode: 10015, ErrorInfo: 'the group id is invalid' }
  }
  const group = call.app.groups.get(id)
  if (!group) return { GroupId: id, ErrorCode: 10010, ErrorInfo: 'the group does not exist or was dissolved' }
  return {
    GroupId: id,
    ErrorCode: 0,
    ErrorInfo: '',
    ...(base === undefined && { Appid: call.app.appId }),
    ...groupBaseOf(call, group, base),
    ...(members && {
      MemberList: [...group.members.values()].map((member) =>
        memberInfoOf(call, group, member, members.filter),
      ),
    }),
  }
}
