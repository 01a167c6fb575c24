import * as z from 'zod'

/**
 * The wire of the Tencent Chat REST API: commands, request bodies and answers, with the provider's own words. Fields
 * that are not named here are tolerated and dropped.
 */

/** "For ever" in every time field of the provider, in both directions; never to be added to anything. */
export const foreverSeconds = 4_294_967_295

/**
 * The commands in use ("RESTful API Overview"). `callsPerSecond` is the documented limit per app; `writes` commands
 * change something, so that a lost answer leaves their outcome open; `maxItems` is the size of a batch or of a page.
 */
export const commands = {
  setnospeaking: { path: 'v4/openconfigsvr/setnospeaking', callsPerSecond: 200, writes: true, maxItems: 1 },
  getnospeaking: { path: 'v4/openconfigsvr/getnospeaking', callsPerSecond: 200, writes: false, maxItems: 1 },
  account_check: {
    path: 'v4/im_open_login_svc/account_check',
    callsPerSecond: 100,
    writes: false,
    maxItems: 100,
  },
  portrait_get: { path: 'v4/profile/portrait_get', callsPerSecond: 200, writes: false, maxItems: 100 },
  query_online_status: {
    path: 'v4/openim/query_online_status',
    callsPerSecond: 200,
    writes: false,
    maxItems: 500,
  },
  forbid_send_msg: {
    path: 'v4/group_open_http_svc/forbid_send_msg',
    callsPerSecond: 200,
    writes: true,
    maxItems: 500,
  },
  get_group_muted_account: {
    path: 'v4/group_open_http_svc/get_group_muted_account',
    callsPerSecond: 200,
    writes: false,
    maxItems: 1,
  },
  get_appid_group_list: {
    path: 'v4/group_open_http_svc/get_appid_group_list',
    callsPerSecond: 1,
    writes: false,
    maxItems: 10_000,
  },
  get_group_info: {
    path: 'v4/group_open_http_svc/get_group_info',
    callsPerSecond: 200,
    writes: false,
    maxItems: 50,
  },
  get_group_member_info: {
    path: 'v4/group_open_http_svc/get_group_member_info',
    callsPerSecond: 200,
    writes: false,
    maxItems: 100,
  },
  get_specified_group_member_info: {
    path: 'v4/group_open_http_svc/get_specified_group_member_info',
    callsPerSecond: 200,
    writes: false,
    maxItems: 50,
  },
  get_role_in_group: {
    path: 'v4/group_open_http_svc/get_role_in_group',
    callsPerSecond: 200,
    writes: false,
    maxItems: 500,
  },
  get_joined_group_list: {
    path: 'v4/group_open_http_svc/get_joined_group_list',
    callsPerSecond: 200,
    writes: false,
    maxItems: 100,
  },
  modify_group_base_info: {
    path: 'v4/group_open_http_svc/modify_group_base_info',
    callsPerSecond: 200,
    writes: true,
    maxItems: 1,
  },
  delete_group_member: {
    path: 'v4/group_open_http_svc/delete_group_member',
    callsPerSecond: 200,
    writes: true,
    maxItems: 100,
  },
  group_msg_get_simple: {
    path: 'v4/group_open_http_svc/group_msg_get_simple',
    callsPerSecond: 200,
    writes: false,
    maxItems: 20,
  },
  get_topic: {
    path: 'v4/million_group_open_http_svc/get_topic',
    callsPerSecond: 200,
    writes: false,
    maxItems: 1,
  },
  modify_topic: {
    path: 'v4/million_group_open_http_svc/modify_topic',
    callsPerSecond: 200,
    writes: true,
    maxItems: 1,
  },
  admin_getroammsg: { path: 'v4/openim/admin_getroammsg', callsPerSecond: 200, writes: false, maxItems: 100 },
  sendmsg: { path: 'v4/openim/sendmsg', callsPerSecond: 200, writes: true, maxItems: 1 },
} as const
/** Bytes of a user id (error 7003 of the client documents). */
export const maxUserIdBytes = 32
/** Bytes of a text: older pages say 8 KB (error 80002), newer ones 12 for the whole message. */
export const maxMessageBytes = 8_000
/** Bytes of a group id ("Group System"). */
export const maxGroupIdBytes = 48

export type CommandName = keyof typeof commands

/**
 * What every answer has. Success is `ErrorCode` 0 and nothing else: the documented answers of the mute commands lack
 * `ActionStatus`, and the HTTP status is 200 for refusals too.
 */
export const envelopeSchema = z.object({ ErrorCode: z.int() })

/** Seconds from now, or an instant in seconds since 1970. */
export const seconds = z.int().min(0).max(foreverSeconds)

/** "Setting Global Mute": 0 lifts, an absent field leaves that scope alone, otherwise seconds from now. */
export type SetNoSpeakingBody = {
  Set_Account: string
  C2CmsgNospeakingTime?: number
  GroupmsgNospeakingTime?: number
}
export const setNoSpeakingSchema = z.object({})

/** "Querying Global Mute". */
export type GetNoSpeakingBody = { Get_Account: string }
export const getNoSpeakingSchema = z.object({
  C2CmsgNospeakingTime: seconds.optional(),
  GroupmsgNospeakingTime: seconds.optional(),
})
export type GetNoSpeakingAnswer = z.infer<typeof getNoSpeakingSchema>

/** "Checking Accounts". */
export type AccountCheckBody = { CheckItem: { UserID: string }[] }
export const accountCheckSchema = z.object({
  ResultItem: z.array(
    z.object({ UserID: z.string(), ResultCode: z.int(), AccountStatus: z.string().optional() }),
  ),
})
export type AccountCheckAnswer = z.infer<typeof accountCheckSchema>

/** "Pulling Profiles". */
export type PortraitGetBody = { To_Account: string[]; TagList: readonly string[] }
export const profileTags = { nickname: 'Tag_Profile_IM_Nick', avatar: 'Tag_Profile_IM_Image' } as const
export const portraitGetSchema = z.object({
  UserProfileItem: z.array(
    z.object({
      To_Account: z.string(),
      ResultCode: z.int(),
      ProfileItem: z
        .array(z.object({ Tag: z.string(), Value: z.union([z.string(), z.number()]) }))
        .optional(),
    }),
  ),
})
export type PortraitGetAnswer = z.infer<typeof portraitGetSchema>

/** "Querying Account Online Status". An account that failed is in another list, so this one may be missing. */
export type QueryOnlineStatusBody = { To_Account: string[]; IsNeedDetail: 0 }
export const queryOnlineStatusSchema = z.object({
  QueryResult: z
    .array(z.object({ To_Account: z.string(), Status: z.string().optional(), State: z.string().optional() }))
    .default([]),
})
export type QueryOnlineStatusAnswer = z.infer<typeof queryOnlineStatusSchema>
