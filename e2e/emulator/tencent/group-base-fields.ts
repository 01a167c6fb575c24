import type { GroupType } from '../group-schemas'
import type { AdmittedCall } from './endpoint'
import { type Fields, filterOf, pick } from './filters'
import type { Group } from './groups'

const BASE_FIELDS = [
  'Type',
  'Name',
  'Introduction',
  'Notification',
  'FaceUrl',
  'Owner_Account',
  'CreateTime',
  'LastInfoTime',
  'LastMsgTime',
  'NextMsgSeq',
  'MemberNum',
  'MaxMemberNum',
  'ApplyJoinOption',
  'MuteAllMember',
  'SupportTopic',
]

const MAX_MEMBERS: Record<GroupType, number> = {
  Private: 200,
  Public: 10_000,
  ChatRoom: 10_000,
  AVChatRoom: 4_294_967_295,
  Community: 100_000,
}

/** The base fields of groups that a call asks for; undefined for all. */
export function groupFilterOf(call: AdmittedCall, value: unknown) {
  return filterOf(call, 'GroupBaseInfoFilter', value, BASE_FIELDS)
}

/** The base fields of a group by their names on the wire. */
export function groupBaseOf(call: AdmittedCall, group: Group, filter: readonly string[] | undefined): Fields {
  const { MuteAllMember, ...others } = pick(
    {
      Type: group.type,
      Name: group.name,
      Introduction: '',
      Notification: '',
      FaceUrl: '',
      Owner_Account: group.owner ?? '',
      CreateTime: group.createTime,
      LastInfoTime: group.createTime,
      LastMsgTime: group.messages.at(-1)?.time ?? 0,
      NextMsgSeq: group.messages.length + 1,
      MemberNum: group.members.size,
      MaxMemberNum: MAX_MEMBERS[group.type],
      ApplyJoinOption: group.type === 'Private' ? 'DisableApply' : 'FreeAccess',
      MuteAllMember: group.muteAll ? 'On' : 'Off',
      ...(group.type === 'Community' && { SupportTopic: group.topics ? 1 : 0 }),
    },
    filter,
  )
  if (MuteAllMember === undefined) return others
  return { ...others, [call.app.hasLegacyNames ? 'ShutUpAllMember' : 'MuteAllMember']: MuteAllMember }
}
