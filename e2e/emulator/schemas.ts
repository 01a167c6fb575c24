import * as z from 'zod'

/** Tencent's commands that the emulator knows. */
const TENCENT_API_NAMES = [
  'setnospeaking',
  'getnospeaking',
  'account_check',
  'portrait_get',
  'query_online_status',
  'forbid_send_msg',
  'get_group_muted_account',
  'get_appid_group_list',
  'get_group_info',
  'get_group_member_info',
  'get_specified_group_member_info',
  'get_role_in_group',
  'get_joined_group_list',
  'modify_group_base_info',
  'get_topic',
  'modify_topic',
  'delete_group_member',
  'group_msg_get_simple',
  'admin_getroammsg',
  'sendmsg',
] as const

/** ZEGO's Actions that the emulator knows. */
export const ZEGO_ACTIONS = [
  'MuteGroup',
  'MuteGroupMembers',
  'QueryGroupInfo',
  'FetchForbidGroupList',
  'QueryAppGroupList',
  'QueryGroupsInfoOfUser',
  'QueryGroupMemberList',
  'QueryUserInfos',
  'QueryUserOnlineState',
  'UserRegister',
  'KickoutGroupUser',
  'QueryGroupMsg',
  'QueryPeerMsg',
  'SendPeerMessage',
] as const

/** The provider calls that the emulator knows. */
export const API_NAMES = [...TENCENT_API_NAMES, ...ZEGO_ACTIONS] as const

/** Ways in which a call can break the provider's documents. */
const VIOLATION_KINDS = [
  'over-limit',
  'bad-signature',
  'not-admin',
  'bad-method',
  'unknown-path',
  'bad-query',
  'unknown-query-parameter',
  'bad-body',
  'unknown-field',
  'bad-account-id',
  'bad-group-id',
  'bad-group-type',
  'not-permitted',
  'batch-too-large',
  'repeated-account',
  'unfiltered',
  'implicit-duration',
] as const

/** The greatest value of an unsigned 32-bit integer, which the provider reads as "for ever". */
export const MAX_UINT32 = 4_294_967_295

export const appId = z.int().min(1).max(MAX_UINT32)
export const accountId = z.string().regex(/^[\x20-\x7e]{1,32}$/, 'must be 1 to 32 bytes of printable ASCII')

/** Where a mute ends: an instant in epoch milliseconds by the emulator's clock, never, or not muted. */
export const muteEndSchema = z.union([z.int(), z.literal('forever'), z.null()])

/** A mute as a test wishes it: so many seconds from now, for ever, or none. */
export const muteWishSchema = z.union([
  z
    .int()
    .min(1)
    .max(MAX_UINT32 - 1),
  z.literal('forever'),
  z.null(),
])

const presenceSchema = z.enum(['Online', 'PushOnline', 'Offline'])

export const seedAccountSchema = z.strictObject({
  id: accountId,
  nickname: z.string().max(500).optional(),
  avatarUrl: z.string().max(500).optional(),
  presence: presenceSchema.optional(),
  oneToOne: muteWishSchema.optional(),
  allGroups: muteWishSchema.optional(),
})

const seedAppSchema = z.strictObject({
  appId,
  secretKey: z.string().min(1),
  admins: z.array(accountId).min(1).max(10),
  /** Calls per second by API, for customers who bought more and for tests that need less. */
  limits: z.partialRecord(z.enum(API_NAMES), z.int().min(1)).optional(),
  /** Answers with the names that the documents gave up in 2022, like `ShuttedUinList`. */
  hasLegacyNames: z.boolean().optional(),
  /** Groups on one page of the list of all groups, for tests that need several pages of few. */
  groupsPerPage: z.int().min(1).max(10_000).optional(),
})

export const seedSchema = z.strictObject({
  appId: appId.optional(),
  accounts: z.array(seedAccountSchema).max(100_000).default([]),
  apps: z.array(seedAppSchema).max(100).default([]),
})

export const resetSchema = z.strictObject({ data: z.enum(['lifelike', 'empty']).optional() })

export const advanceSchema = z.strictObject({
  seconds: z.number().min(0).max(MAX_UINT32),
  hand: z.enum(['all', 'mutes', 'signatures']).default('all'),
})

export const latencySchema = z.strictObject({ ms: z.int().min(0).max(60_000) })

export const putMutesSchema = z
  .strictObject({
    appId: appId.optional(),
    account: accountId,
    oneToOne: muteWishSchema.optional(),
    allGroups: muteWishSchema.optional(),
  })
  .refine(
    (input) => input.oneToOne !== undefined || input.allGroups !== undefined,
    'oneToOne or allGroups must be given',
  )

export const clockSchema = z.strictObject({
  realNow: z.int(),
  mutesNow: z.int(),
  signaturesNow: z.int(),
})

export const mutesSchema = z.strictObject({
  appId,
  account: z.string(),
  oneToOne: muteEndSchema,
  allGroups: muteEndSchema,
})

const changeSchema = z.strictObject({ before: muteEndSchema, after: muteEndSchema })

/** A mute of roles: whom it silences and until when. */
export const rolesMuteSchema = z.strictObject({ roles: z.array(z.int()), until: muteEndSchema })
const rolesChangeSchema = z.strictObject({ before: rolesMuteSchema, after: rolesMuteSchema })

/** One effect that was applied. `source` tells the provider's own API from a change made elsewhere. */
export const journalEntrySchema = z.strictObject({
  seq: z.int(),
  /** Epoch milliseconds of the machine. */
  at: z.int(),
  /** Epoch milliseconds of the emulator's clock, by which the ends are meant. */
  emulatorAt: z.int(),
  source: z.enum(['api', 'elsewhere']),
  appId,
  /** Null where a group as a whole was changed. */
  account: z.string().nullable(),
  /** Null where the effect is on no group. */
  group: z.string().nullable(),
  topic: z.string().nullable(),
  /** What tells the request from others: Tencent's `random`, ZEGO's `SignatureNonce`; null for a change made elsewhere. */
  random: z.union([z.int(), z.string()]).nullable(),
  changes: z.strictObject({
    oneToOne: changeSchema.optional(),
    allGroups: changeSchema.optional(),
    /** of the account in the group, or in its topic */
    member: changeSchema.optional(),
    /** of everybody in the group, or in its topic; Tencent's has no end and is `forever` */
    everyone: changeSchema.optional(),
    roles: rolesChangeSchema.optional(),
    /** of the account in the group */
    membership: z.strictObject({ before: z.boolean(), after: z.boolean() }).optional(),
  }),
})

/** One call that arrived. It never holds a signature or a key. */
export const callEntrySchema = z.strictObject({
  seq: z.int(),
  at: z.int(),
  api: z.enum(API_NAMES).nullable(),
  path: z.string(),
  appId: appId.nullable(),
  random: z.union([z.int(), z.string()]).nullable(),
  accounts: z.array(z.string()),
  fault: z.string().nullable(),
  state: z.enum(['pending', 'answered', 'dropped']),
  /** HTTP status; null while pending and when the connection was dropped. */
  status: z.int().nullable(),
  /** The code that the emulator decided on; null when a fault hid or replaced the whole answer. */
  code: z.int().nullable(),
})

const violationSchema = z.strictObject({
  seq: z.int(),
  at: z.int(),
  kind: z.enum(VIOLATION_KINDS),
  api: z.enum(API_NAMES).nullable(),
  appId: appId.nullable(),
  message: z.string(),
})

export const violationsSchema = z.strictObject({
  total: z.int(),
  counts: z.partialRecord(z.enum(VIOLATION_KINDS), z.int()),
  list: z.array(violationSchema),
})

export const statsSchema = z.strictObject({
  overLimit: z.int(),
  apis: z.array(
    z.strictObject({
      appId,
      api: z.enum(API_NAMES),
      limitPerSecond: z.int(),
      received: z.int(),
      overLimit: z.int(),
      peakPerSecond: z.int(),
    }),
  ),
})

export const okSchema = z.strictObject({ ok: z.literal(true) })

export type ZegoAction = (typeof ZEGO_ACTIONS)[number]
export type ApiName = (typeof API_NAMES)[number]
export type ViolationKind = (typeof VIOLATION_KINDS)[number]
export type MuteEnd = z.infer<typeof muteEndSchema>
export type RolesMute = z.infer<typeof rolesMuteSchema>
export type MuteWish = z.infer<typeof muteWishSchema>
export type Presence = z.infer<typeof presenceSchema>
export type SeedAccount = z.infer<typeof seedAccountSchema>
export type SeedApp = z.infer<typeof seedAppSchema>
export type JournalEntry = z.infer<typeof journalEntrySchema>
export type CallEntry = z.infer<typeof callEntrySchema>
export type Violation = z.infer<typeof violationSchema>
export type Stats = z.infer<typeof statsSchema>
