import * as z from 'zod'
import { seconds } from './wire'

/** The wire of the group commands. Fields were renamed in 2022; the older names are read where they were. */

const onOff = z.enum(['On', 'Off'])
const everyoneFields = { MuteAllMember: onOff.optional(), ShutUpAllMember: onOff.optional() }
export type EveryoneFields = { MuteAllMember?: 'On' | 'Off'; ShutUpAllMember?: 'On' | 'Off' }

/** "Bulk Muting and Unmuting": 0 lifts, otherwise seconds from now. Its answer tells nothing of single members. */
export type ForbidSendMsgBody = {
  GroupId: string
  TopicId?: string
  Members_Account: string[]
  MuteTime: number
}

/** "Getting the List of Muted Group Members". Ends are instants; an empty list may be left out. */
export type GetGroupMutedAccountBody = { GroupId: string; TopicId?: string }
export const getGroupMutedAccountSchema = z.object({
  MutedAccountList: z.array(z.object({ Member_Account: z.string(), MutedUntil: seconds })).optional(),
  ShuttedUinList: z.array(z.object({ Member_Account: z.string(), ShuttedUntil: seconds })).optional(),
})
export type GetGroupMutedAccountAnswer = z.infer<typeof getGroupMutedAccountSchema>

/** "Obtaining All Groups in an App". `Next` is an unsigned 64-bit integer; 0 begins and ends. */
export type GetAppidGroupListBody = { Limit: number; Next: object }
export const getAppidGroupListSchema = z.object({
  TotalCount: z.int().min(0).optional(),
  GroupIdList: z.array(z.object({ GroupId: z.string() })).default([]),
  Next: z.union([z.int().min(0), z.bigint().positive()]).transform(String),
})

/** "Obtaining Group Details". Without a filter it brings every member along; the outer code is meaningless. */
export const groupFields = [
  'Type',
  'Name',
  'Owner_Account',
  'MemberNum',
  'MuteAllMember',
  'SupportTopic',
] as const
export type GetGroupInfoBody = {
  GroupIdList: string[]
  ResponseFilter: { GroupBaseInfoFilter: readonly string[] }
}
export const getGroupInfoSchema = z.object({
  GroupInfo: z.array(
    z.object({
      GroupId: z.string(),
      ErrorCode: z.int(),
      Type: z.string().optional(),
      Name: z.string().optional(),
      Owner_Account: z.string().optional(),
      MemberNum: z.int().min(0).optional(),
      /** of communities: 1 with topics */
      SupportTopic: z.int().optional(),
      ...everyoneFields,
    }),
  ),
})
export type GetGroupInfoAnswer = z.infer<typeof getGroupInfoSchema>

const member = z.object({
  Member_Account: z.string(),
  Role: z.string(),
  NameCard: z.string().optional(),
  MuteUntil: seconds.optional(),
  ShutUpUntil: seconds.optional(),
})
export type WireMember = z.infer<typeof member>
export const memberFields = ['Role', 'NameCard', 'MuteUntil'] as const

/** "Obtaining Group Members": by `Offset`, or in communities by `Next`, where '' begins and ends. */
export type GetGroupMemberInfoBody = {
  GroupId: string
  Limit: number
  Offset?: number
  Next?: string
  MemberInfoFilter: readonly string[]
}
export const getGroupMemberInfoSchema = z.object({
  MemberNum: z.int().min(0).optional(),
  MemberList: z.array(member).default([]),
  Next: z.string().optional(),
})

/** "Obtaining the Details of Specified Group Members". */
export type GetSpecifiedGroupMemberInfoBody = {
  GroupId: string
  Member_List_Account: string[]
  MemberInfoFilter: readonly string[]
}
export const getSpecifiedGroupMemberInfoSchema = z.object({ MemberList: z.array(member).default([]) })

/** "Querying the Roles of Users in a Group". */
export type GetRoleInGroupBody = { GroupId: string; User_Account: string[] }
export const getRoleInGroupSchema = z.object({ UserIdList: z.array(member).default([]) })

/** "Obtaining the Groups a User Has Joined": without the flags, three kinds of groups are left out. */
export type GetJoinedGroupListBody = {
  Member_Account: string
  Limit: number
  Offset: number
  WithHugeGroups: 1
  WithNoActiveGroups: 1
  SupportTopic: 1
  ResponseFilter: { GroupBaseInfoFilter: readonly string[] }
}
export const joinedGroupFields = ['Type', 'Name'] as const
export const getJoinedGroupListSchema = z.object({
  TotalCount: z.int().min(0).optional(),
  GroupIdList: z
    .array(z.object({ GroupId: z.string(), Type: z.string().optional(), Name: z.string().optional() }))
    .default([]),
})
export type GetJoinedGroupListAnswer = z.infer<typeof getJoinedGroupListSchema>

/** "Modifying the Profile of a Group" and "Modifying the Topic Profile". */
export type ModifyGroupBaseInfoBody = { GroupId: string; MuteAllMember: 'On' | 'Off' }
export type ModifyTopicBody = ModifyGroupBaseInfoBody & { TopicId: string }

/** "Getting Topic Profiles": of all topics; `From_Account` is the account whose own state comes along. */
export type GetTopicBody = { GroupId: string; From_Account: string }
export const getTopicSchema = z.object({
  TopicAndSelfInfo: z
    .array(
      z.object({
        ErrorCode: z.int(),
        TopicInfo: z
          .object({ TopicId: z.string(), TopicName: z.string().optional(), ...everyoneFields })
          .optional(),
      }),
    )
    .default([]),
})
export type GetTopicAnswer = z.infer<typeof getTopicSchema>

/** "Deleting Group Members". Succeeds for accounts that are not members too. */
export type DeleteGroupMemberBody = { GroupId: string; MemberToDel_Account: string[] }

/** The answer of a command that changes something. */
export const doneSchema = z.object({})
