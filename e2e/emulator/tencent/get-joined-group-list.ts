import { groupTypeSchema } from '../group-schemas'
import { Refusal } from '../refusal'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, isAccountId } from './fields'
import type { Fields } from './filters'
import { groupBaseOf, groupFilterOf } from './group-base-fields'
import { GROUP_CALL, optionalFlag, optionalInteger, withinAnswer } from './group-fields'
import type { Group } from './groups'
import { memberFilterOf, selfInfoOf } from './member-fields'
import { responseFilterOf } from './response-filter'

const MAX_GROUPS = 5000

/**
 * v4/group_open_http_svc/get_joined_group_list: the groups of an account. AVChatRooms, Private groups in which
 * nothing was ever said and communities with topics are there only when asked for.
 */
export const getJoinedGroupList: Endpoint = {
  ...GROUP_CALL,
  api: 'get_joined_group_list',
  path: '/v4/group_open_http_svc/get_joined_group_list',

  prepare(call) {
    countUnknownFields(call, call.body, [
      'Member_Account',
      'Limit',
      'Offset',
      'GroupType',
      'WithHugeGroups',
      'WithNoActiveGroups',
      'SupportTopic',
      'ResponseFilter',
    ])
    const { Member_Account: id } = call.body
    if (id === undefined) throw new Refusal(10004, 'bad-body', 'Member_Account is missing')
    if (!isAccountId(id)) throw new Refusal(10004, 'bad-account-id', 'Member_Account is invalid')
    const limit = optionalInteger('Limit', call.body.Limit, 1, MAX_GROUPS)
    const offset = optionalInteger('Offset', call.body.Offset, 0, Number.MAX_SAFE_INTEGER) ?? 0
    const isListed = listedOf(call)
    const describe = describerOf(call, id)

    return {
      accounts: [id],
      apply() {
        const joined = [...call.app.groups.values()].filter(
          (group) => group.members.has(id) && isListed(group),
        )
        const page = joined.slice(offset, limit === undefined ? undefined : offset + limit)
        return withinAnswer({ TotalCount: joined.length, GroupIdList: page.map(describe) })
      },
    }
  },
}

function listedOf(call: AdmittedCall): (group: Group) => boolean {
  const { GroupType: type } = call.body
  if (type !== undefined && !groupTypeSchema.safeParse(type).success) {
    throw new Refusal(10004, 'bad-body', 'GroupType is no type of groups')
  }
  const withHuge = optionalFlag('WithHugeGroups', call.body.WithHugeGroups)
  const withSilent = optionalFlag('WithNoActiveGroups', call.body.WithNoActiveGroups)
  const withTopics = optionalFlag('SupportTopic', call.body.SupportTopic)
  return (group) => {
    if (type !== undefined && group.type !== type) return false
    if (group.type === 'AVChatRoom') return withHuge
    if (group.type === 'Private' && group.messages.length === 0) return withSilent
    return !group.topics || withTopics
  }
}

function describerOf(call: AdmittedCall, id: string): (group: Group) => Fields {
  const filter = responseFilterOf(call, ['GroupBaseInfoFilter', 'SelfInfoFilter'])
  const base = groupFilterOf(call, filter?.GroupBaseInfoFilter) ?? []
  const self = memberFilterOf(call, filter?.SelfInfoFilter, 'SelfInfoFilter')
  return (group) => {
    const member = group.members.get(id)
    return {
      GroupId: group.id,
      ...groupBaseOf(call, group, base),
      ...(self && member && { SelfInfo: selfInfoOf(call, group, member, self) }),
    }
  }
}
