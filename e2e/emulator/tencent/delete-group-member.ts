import { Refusal } from '../refusal'
import type { AdmittedCall, Endpoint } from './endpoint'
import { countUnknownFields, requireAccountIds } from './fields'
import { GROUP_CALL, optionalFlag, refuseTypes, requireGroup, requireGroupId } from './group-fields'
import { REMOVES_OWNER, TOO_MANY_MEMBERS_TO_REMOVE } from './unconfirmed'

const MAX_ACCOUNTS = 100

/**
 * v4/group_open_http_svc/delete_group_member: removes up to 100 members. Whoever is none is passed over, with
 * success. Private groups, and those removed with Silence, are told nothing.
 */
export const deleteGroupMember: Endpoint = {
  ...GROUP_CALL,
  api: 'delete_group_member',
  path: '/v4/group_open_http_svc/delete_group_member',

  prepare(call) {
    countUnknownFields(call, call.body, ['GroupId', 'MemberToDel_Account', 'Silence', 'Reason'])
    const groupId = requireGroupId(call.body.GroupId)
    const ids = requireAccountIds(call, call.body.MemberToDel_Account, MAX_ACCOUNTS, {
      invalid: 10004,
      tooMany: TOO_MANY_MEMBERS_TO_REMOVE,
    })
    const isSilent = optionalFlag('Silence', call.body.Silence)
    const { Reason: reason } = call.body
    if (reason !== undefined && typeof reason !== 'string')
      throw new Refusal(10004, 'bad-body', 'Reason is no string')
    return { accounts: ids, groups: [groupId], apply: () => remove(call, groupId, ids, isSilent) }
  },
}

function remove(
  call: AdmittedCall,
  groupId: string,
  ids: readonly string[],
  isSilent: boolean,
): Record<string, never> {
  const group = requireGroup(call, groupId)
  refuseTypes(group, ['AVChatRoom'], 10004)
  const accounts = [...new Set(ids)].filter(
    (id) => group.members.has(id) && (REMOVES_OWNER || id !== group.owner),
  )
  for (const account of accounts) {
    group.members.delete(account)
    const membership = { before: true, after: false }
    call.record({ account, group: groupId, changes: { membership } })
  }
  if (accounts.length > 0 && !isSilent && group.type !== 'Private') {
    call.tip({ group: groupId, kind: 'kick', accounts })
  }
  return {}
}
