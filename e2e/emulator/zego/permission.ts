import { Refusal } from '../refusal'
import { ADMIN, OWNER, type ZegoApp, type ZegoGroup, type ZegoMember } from './apps'
import { MAY_OUTSIDER_MUTE_OWNER } from './unconfirmed'

/** As whom somebody acts on a group. */
export type Standing = 'owner' | 'admin' | 'outsider'

/** @throws Refusal 660600001 when the group does not exist */
export function requireGroup(app: ZegoApp, id: string): ZegoGroup {
  const group = app.groups.get(id)
  if (!group) throw new Refusal(660600001, null, 'the group does not exist')
  return group
}

/**
 * As whom the operator acts.
 * @throws Refusal 660600032 when the operator is a plain member
 */
export function requireStanding(group: ZegoGroup, operator: string): Standing {
  switch (group.members.get(operator)?.role) {
    case undefined:
      return 'outsider'
    case OWNER:
      return 'owner'
    case ADMIN:
      return 'admin'
    default:
      throw new Refusal(660600032, 'not-permitted', 'the operator is neither owner nor administrator')
  }
}

/** Whether the operator may change the mute of a member: administrators only that of those below them. */
export function mayMuteMember(standing: Standing, member: ZegoMember): boolean {
  switch (standing) {
    case 'owner':
      return true
    case 'admin':
      return member.role !== OWNER && member.role !== ADMIN
    case 'outsider':
      return member.role !== OWNER || MAY_OUTSIDER_MUTE_OWNER
    default:
      return standing satisfies never
  }
}
