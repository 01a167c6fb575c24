import { Refusal } from '../refusal'
import type { AdmittedCall } from './endpoint'
import { type Fields, filterOf, pick } from './filters'
import type { Group, Member } from './groups'
import { unixSecondsOf } from './mute-time'

const ROLES = ['Owner', 'Admin', 'Member']

const MEMBER_FIELDS = [
  'Member_Account',
  'Account',
  'Role',
  'JoinTime',
  'MsgSeq',
  'MsgFlag',
  'LastSendMsgTime',
  'MuteUntil',
  'NameCard',
]

/** The fields of members that a call asks for; undefined for all. The sample of get_group_info writes `Account`. */
export function memberFilterOf(call: AdmittedCall, value: unknown, field = 'MemberInfoFilter') {
  return filterOf(call, field, value, MEMBER_FIELDS)
}

/** Whether a member has one of the roles that a call asks for. */
export function roleFilterOf(value: unknown): (member: Member) => boolean {
  if (value === undefined) return () => true
  if (!Array.isArray(value) || !value.every((role) => ROLES.includes(role))) {
    throw new Refusal(10004, 'bad-body', 'MemberRoleFilter is no list of roles')
  }
  return ({ role }) => value.includes(role)
}

/** A member's profile without the account: the filtered fields by their names on the wire. */
export function selfInfoOf(
  call: AdmittedCall,
  group: Group,
  member: Member,
  filter?: readonly string[],
): Fields {
  const { MuteUntil, ...others } = pick(
    {
      Role: member.role,
      JoinTime: member.joinTime,
      MsgSeq: group.messages.length,
      MsgFlag: 'AcceptAndNotify',
      LastSendMsgTime: lastSpokenAt(group, member.id),
      MuteUntil: unixSecondsOf(group.muteEnds.get(member.id) ?? null),
      NameCard: member.nameCard,
    },
    filter,
  )
  if (MuteUntil === undefined) return others
  return { ...others, [call.app.hasLegacyNames ? 'ShutUpUntil' : 'MuteUntil']: MuteUntil }
}

/** A member's profile; the account is in it whatever the filter. */
export function memberInfoOf(
  call: AdmittedCall,
  group: Group,
  member: Member,
  filter?: readonly string[],
): Fields {
  return { Member_Account: member.id, ...selfInfoOf(call, group, member, filter) }
}

function lastSpokenAt(group: Group, id: string): number {
  return group.messages.findLast(({ from }) => from === id)?.time ?? 0
}
