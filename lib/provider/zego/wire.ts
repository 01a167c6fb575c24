import * as z from 'zod'

/**
 * The wire of the ZIM server API: Actions, parameters and answers, with the provider's own words. What is written is
 * called "Mute", what is read back "Forbid". Fields that are not named here are tolerated and dropped.
 */

/** "For ever" in every duration and end of the provider. */
export const foreverSeconds = -1
/** Longest finite mute of a group or a member: 30 days. */
export const maxFiniteSeconds = 2_592_000
/** Bytes of a text message: the least of what the pages say. */
export const maxMessageBytes = 2_048
/** `MessageType` of texts, and the middle one of the three priorities. */
export const textMessage = { type: 1, priority: 2 } as const
/** Bytes of a user id and of a group id (return code 660000012). */
export const maxIdBytes = 32
/**
 * The characters of user ids: the calls about users list the space among them. Pages differ on the hyphen and the
 * apostrophe, so both are taken. One other character, and the provider refuses a whole list of ids.
 */
export const userIdPattern = /^[0-9A-Za-z!#$%&()+\-:;<=.>?@[\]^_{|}~' ]+$/
/** The same for ids of groups, without the blank. */
export const groupIdPattern = /^[0-9A-Za-z!#$%&()+\-:;<=.>?@[\]^_{|}~']+$/

/**
 * How many bytes of an address lists of ids may take: gateways usually take 8 KB, and 100 ids of 32 characters, each of
 * which has to be encoded, are more. What else stands in an address is less than 500 bytes.
 */
export const maxListBytes = 7_500

/**
 * The Actions in use. `callsPerSecond` is the documented limit per app; `writes` Actions change something, so that a
 * lost answer leaves their outcome open; `maxItems` is what one call takes, or gives on a page. Pages are smaller than
 * allowed where the largest names would make an answer larger than 1 MB.
 */
export const actions = {
  MuteGroup: { method: 'GET', callsPerSecond: 20, writes: true, maxItems: 20 },
  MuteGroupMembers: { method: 'GET', callsPerSecond: 20, writes: true, maxItems: 20 },
  KickoutGroupUser: { method: 'POST', callsPerSecond: 20, writes: true, maxItems: 50 },
  UserRegister: { method: 'POST', callsPerSecond: 20, writes: true, maxItems: 100 },
  QueryUserInfos: { method: 'POST', callsPerSecond: 20, writes: false, maxItems: 100 },
  QueryUserOnlineState: { method: 'GET', callsPerSecond: 20, writes: false, maxItems: 100 },
  // The overview says 20 calls a second, the page of the Action and the text of its code 1: the lower one is kept.
  QueryAppGroupList: { method: 'GET', callsPerSecond: 1, writes: false, maxItems: 1000 },
  QueryGroupInfo: { method: 'POST', callsPerSecond: 20, writes: false, maxItems: 1 },
  FetchForbidGroupList: { method: 'POST', callsPerSecond: 20, writes: false, maxItems: 10_000 },
  QueryGroupMemberList: { method: 'POST', callsPerSecond: 20, writes: false, maxItems: 500 },
  QueryGroupsInfoOfUser: { method: 'POST', callsPerSecond: 20, writes: false, maxItems: 100 },
  QueryGroupMsg: { method: 'POST', callsPerSecond: 20, writes: false, maxItems: 50 },
  QueryPeerMsg: { method: 'POST', callsPerSecond: 20, writes: false, maxItems: 50 },
  SendPeerMessage: { method: 'POST', callsPerSecond: 20, writes: true, maxItems: 100 },
} as const

export type ActionName = keyof typeof actions
type ActionBy<Method> = {
  [Name in ActionName]: (typeof actions)[Name]['method'] extends Method ? Name : never
}[ActionName]
/** Actions whose parameters stand in the query. */
export type GetAction = ActionBy<'GET'>
/** Actions whose parameters are a JSON body. */
export type PostAction = ActionBy<'POST'>

/** Whole numbers of any size, as text: message ids and cursors are beyond what a number holds exactly. */
const digits = z.union([z.int(), z.bigint(), z.string().regex(/^-?\d+$/)]).transform((value) => String(value))

const failure = z.object({ UserId: z.string(), SubCode: z.int() })
export type Failure = z.infer<typeof failure>
const failures = z
  .array(failure)
  .nullish()
  .transform((list) => list ?? [])

/**
 * What every answer has. The list of the accounts for which a call failed has three names; `Code` 0 with such a list is
 * a partial failure, another `Code` with one means that it failed for all.
 */
export const envelopeSchema = z
  .object({ Code: z.int(), ErrorUsers: failures, ErrorList: failures, ErrList: failures })
  .transform(({ Code, ErrorUsers, ErrorList, ErrList }) => ({
    code: Code,
    failures: [...ErrorUsers, ...ErrorList, ...ErrList],
  }))
export type Envelope = z.infer<typeof envelopeSchema>

/** Calls that tell nothing but their success. */
export const emptySchema = z.object({})

/** Accounts that do not exist are in the list of failures. */
export const queryUserInfosSchema = z.intersection(
  envelopeSchema,
  z.object({
    Result: z
      .array(
        z.object({ UserId: z.string(), UserName: z.string().optional(), UserAvatar: z.string().optional() }),
      )
      .nullish(),
  }),
)
export type QueryUserInfosAnswer = z.infer<typeof queryUserInfosSchema>

/** Accounts that never signed in or have signed out are in the list of failures. */
export const queryUserOnlineStateSchema = z.object({
  Result: z.array(z.object({ UserId: z.string(), Status: z.string() })).nullish(),
})
export type QueryUserOnlineStateAnswer = z.infer<typeof queryUserOnlineStateSchema>

/** `GroupIdList` holds objects in spite of its name. */
export const queryAppGroupListSchema = z.object({
  TotalCount: z.int(),
  Next: digits,
  GroupIdList: z.array(z.object({ GroupId: z.string(), GroupName: z.string().optional() })).nullish(),
})
export type QueryAppGroupListAnswer = z.infer<typeof queryAppGroupListSchema>

/** `ForbidExpireTime` is in milliseconds. */
export const queryGroupInfoSchema = z.object({
  GroupId: z.string(),
  GroupName: z.string().optional(),
  IsAllForbid: z.boolean().optional(),
  ForbidList: z.array(z.int()).nullish(),
  ForbidExpireTime: z.int().min(-1).optional(),
})
export type QueryGroupInfoAnswer = z.infer<typeof queryGroupInfoSchema>

/** `ForbidType` adds 1 for everybody, 2 for roles and 4 for members. */
export const forbidTypes = { everyone: 1, roles: 2, members: 4 } as const
export const fetchForbidGroupListSchema = z.object({
  FetchEnd: z.int(),
  NextFlag: digits,
  GroupList: z.array(z.object({ GroupId: z.string(), ForbidType: z.int() })).nullish(),
})
export type FetchForbidGroupListAnswer = z.infer<typeof fetchForbidGroupListSchema>

/** `Role` came in 2026; the sample lacks it. */
export const queryGroupMemberListSchema = z.object({
  TotalCount: z.int(),
  Next: digits,
  MemberList: z
    .array(
      z.object({
        UserId: z.string(),
        UserName: z.string().optional(),
        UserNickName: z.string().optional(),
        Role: z.int().optional(),
      }),
    )
    .nullish(),
})
export type QueryGroupMemberListAnswer = z.infer<typeof queryGroupMemberListSchema>

/** The only cursor that is a text, by a name of its own. */
export const queryGroupsInfoOfUserSchema = z.object({
  NextRsp: z.string(),
  HasJoinGroupNum: z.int(),
  GroupInfoList: z.array(z.object({ GroupId: z.string(), GroupName: z.string().optional() })).nullish(),
})
export type QueryGroupsInfoOfUserAnswer = z.infer<typeof queryGroupsInfoOfUserSchema>

/** `IsEmpty`: 1 for a message that was deleted or is too old, 2 for one that was recalled. */
export const messageListSchema = z.object({
  Next: digits,
  List: z
    .array(
      z.object({
        Sender: z.string(),
        MsgType: z.int(),
        MsgBody: z.string().optional(),
        MsgId: digits,
        MsgSeq: digits,
        MsgTime: z.int(),
        IsEmpty: z.int().optional(),
      }),
    )
    .nullish(),
})
export type MessageListAnswer = z.infer<typeof messageListSchema>
