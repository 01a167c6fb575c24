import type { MuteEnd } from '../schemas'
import { secondsLeft } from './mute-time'

/**
 * What the provider's documents leave open and the emulator had to decide. Change it here, and only here, when the
 * live service turns out different.
 */

/**
 * The answer of setnospeaking and getnospeaking for an account that was never imported. The documents name no
 * code; 70107 is the common code for "UserID not imported".
 */
export const NO_SPEAKING_ON_UNIMPORTED = { code: 70107, info: 'UserID is not imported' } as const

/** The code of setnospeaking for a time of a wrong type or out of range: only the oldest page lists these. */
export const WRONG_ONE_TO_ONE_TIME = 130006
export const WRONG_ALL_GROUPS_TIME = 130007

/** portrait_get names 100 accounts as its limit, but no code for more: the one for a wrong parameter. */
export const TOO_MANY_PROFILES = 40001

/** query_online_status lists 90011 without a meaning; elsewhere it stands for more than 500 target accounts. */
export const TOO_MANY_PRESENCES = 90011

/** account_check lists no code of its own for more than 100 accounts: the one for invalid parameters. */
export const TOO_MANY_CHECKS = 70402

/** forbid_send_msg is not for Private groups; the page lists 10007 for what is not permitted and 10004 as well. */
export const MUTE_IN_PRIVATE_GROUP = 10007

/**
 * forbid_send_msg names 500 accounts as its limit, but no code for more. What else it leaves open: accounts that are
 * no members, or do not exist, are passed over with code 0; one named twice is muted once; the owner and the admins
 * are muted like anybody, since an administrator of the app outranks them. In the same way
 * get_specified_group_member_info leaves out who is no member, and get_joined_group_list gives no groups for an account
 * that does not exist.
 */
export const TOO_MANY_MEMBERS_TO_MUTE = 10004

/** get_group_muted_account: whether a mute that has ended stays in the list. The stricter for a caller: it does. */
export const MUTED_LIST_KEEPS_ENDED: boolean = true

/** get_group_info, get_role_in_group and delete_group_member name limits, but no codes for more. */
export const TOO_MANY_GROUPS = 10004
export const TOO_MANY_ROLES = 10004
export const TOO_MANY_MEMBERS_TO_REMOVE = 10004

/** get_group_member_info: the documents say 100, 200 and 6000 for its Limit. The least holds everywhere. */
export const MAX_MEMBERS_OF_PAGE = 100

/** A group without topics: get_topic and modify_topic list the code, the calls that take a TopicId list none. */
export const TOPICS_NOT_SUPPORTED = 11000

/** The calls on members' profiles are not for an AVChatRoom; only get_role_in_group names the code. */
export const MEMBERS_OF_AVCHATROOM = 10007

/** group_msg_get_simple is not for an AVChatRoom, which keeps no messages; no code is named. */
export const HISTORY_OF_AVCHATROOM = 10007

/** group_msg_get_simple: whether a recalled message, which one has to ask for, still has its body. */
export const RECALLED_KEEPS_BODY: boolean = false

/** get_topic lists 10010 for a topic that is gone, and 110003 as well; modify_topic lists only 10010. */
export const TOPIC_MISSING = 10010

/** delete_group_member: whether the owner can be removed. A group keeps its owner, with code 0. */
export const REMOVES_OWNER: boolean = false

/**
 * `SelfInfo.ShutUpTime` of get_topic is a "muting period", the words that the no-speaking pair has for the seconds
 * left; nothing says that it is an instant.
 */
export function topicShutUpTime(end: MuteEnd, nowMs: number): number {
  return secondsLeft(end, nowMs)
}
