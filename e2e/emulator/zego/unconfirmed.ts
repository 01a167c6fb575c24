/**
 * What ZEGO's documents leave open and the emulator had to decide. Change it here, and only here, when the live
 * service turns out different. Decisions that are no single value are told here too, with the file that takes them.
 *
 * - HTTP status on business errors: 200 (spoil.ts). Only `Code` is described.
 * - 20 calls a second are for each Action, not shared among them (admit.ts).
 * - A nonce used twice within ten minutes is refused as a wrong signature (admit.ts). The documents only ask for a new
 *   signature with every call.
 * - Arrays in the query must carry `[]`, with the brackets as they are or percent-encoded (query.ts). The prose and the
 *   OpenAPI files contradict each other.
 * - Muting everyone takes the place of a mute of roles, and the other way round (groups.ts): the documents say that the
 *   two never stand together in QueryGroupInfo.
 * - A group-level mute set again counts from now (mute-group.ts), as the page on members says of theirs.
 * - MuteGroup with Duration 0 leaves the mutes of members alone (mute-group.ts).
 * - A member's mute goes with the membership (groups.ts).
 * - An operator who is in no way a member may mute and remove (permission.ts); one who is a plain member or has a role of
 *   the customer's own gets 660600032 and not 660600024.
 * - When all accounts of a batch fail, Code is not 0 and the array is full (batch.ts), for every Action with such an
 *   array; the documents say so in general and name a code for MuteGroupMembers only.
 */

/** An AppId that does not exist: the code for a secret that was not found. */
export const UNKNOWN_APP = 100000010

/** A nonce that is not 16 hexadecimal digits; the documents only have a code for an empty one. */
export const MALFORMED_NONCE = 100000008

/** An Action called with the other method. */
export const WRONG_METHOD = 100000007

/** A user id over 32 bytes, where the page of the Action does not list this code. */
export const LONG_USER_ID = 660000012

/** Too many accounts or roles in one call, where the page of the Action does not list 660000011. */
export const BATCH_TOO_LARGE = 660000002

/** Too many entries in UserRegister, whose page lists no code for it. */
export const TOO_MANY_REGISTRATIONS = 660000011

/** A mute with a time for neither everyone nor any role. */
export const MUTE_OF_NOBODY = 660000002

/** Whether an administrator's MuteGroup may be on everyone: on the client only the owner's may. */
export const MAY_ADMIN_MUTE_EVERYONE = false

/** Whether an operator from outside the group may mute its owner. */
export const MAY_OUTSIDER_MUTE_OWNER = false

/** The SubCode for somebody whose mute the operator may not change, and for somebody who is not in the group. */
export const MUTE_NOT_PERMITTED = 660600032
export const MUTE_OF_NO_MEMBER = 660600024

/** QueryGroupInfo's page lists no code for a group that does not exist. */
export const INFO_OF_NO_GROUP = 660600001

/** ForbidExpireTime of a mute for ever and of none, as the client SDK has them. */
export const FOREVER_EXPIRE_TIME = -1
export const NO_EXPIRE_TIME = 0

/** The SubCode of QueryUserInfos for a user who does not exist, and its Code when none of them does. */
export const UNKNOWN_USER = 660700015

/** The Code when none of the accounts was in the group, none had a state, none was new. */
export const NOBODY_REMOVED = 660600008
export const NOBODY_WRITTEN_TO = 660700015
export const NOBODY_HAS_STATE = 660200001
export const NOBODY_REGISTERED = 660700002

/** Members in a page when Limit is absent or 0. */
export const DEFAULT_MEMBERS = 100

/** What WithEmptyMsg means when it is absent: messages that were recalled or have expired are left out. */
export const DEFAULT_WITH_EMPTY = 0
