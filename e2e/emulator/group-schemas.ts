import * as z from 'zod'
import { accountId, appId, muteEndSchema, muteWishSchema, seedSchema } from './schemas'

const groupId = z.string().regex(/^[\x20-\x7e]{1,48}$/, 'must be 1 to 48 bytes of printable ASCII')
const topicId = z.string().regex(/^[\x20-\x7e]{1,96}$/, 'must be 1 to 96 bytes of printable ASCII')

/** The types of groups by their names on the wire: `Private` is Work, `ChatRoom` is Meeting. */
export const groupTypeSchema = z.enum(['Private', 'Public', 'ChatRoom', 'AVChatRoom', 'Community'])

const roleSchema = z.enum(['Owner', 'Admin', 'Member'])
/** The role of a member who is not the owner; the owner is named at the group. */
const lesserRoleSchema = roleSchema.exclude(['Owner'])

const messageElementSchema = z.strictObject({
  MsgType: z.string(),
  MsgContent: z.record(z.string(), z.unknown()),
})

const seedMessageSchema = z.strictObject({
  from: accountId,
  /** The message is this text, or else the elements of `body`. */
  text: z.string().optional(),
  body: z.array(messageElementSchema).optional(),
  secondsAgo: z.int().min(0),
  state: z.enum(['recalled', 'deleted']).optional(),
})

const seedMemberSchema = z.strictObject({
  id: accountId,
  role: lesserRoleSchema.optional(),
  nameCard: z.string().max(50).optional(),
  muted: muteWishSchema.optional(),
  joinedSecondsAgo: z.int().min(0).optional(),
})

const seedTopicSchema = z.strictObject({
  id: topicId,
  name: z.string().max(150),
  muteAll: z.boolean().optional(),
  /** The mutes of members in the topic. */
  members: z.array(z.strictObject({ id: accountId, muted: muteWishSchema })).optional(),
  messages: z.array(seedMessageSchema).optional(),
})

const seedGroupSchema = z
  .strictObject({
    id: groupId,
    type: groupTypeSchema,
    name: z.string().max(150),
    owner: accountId.optional(),
    members: z.array(seedMemberSchema).max(100_000).optional(),
    muteAll: z.boolean().optional(),
    /** A community that has this, be it empty, supports topics. */
    topics: z.array(seedTopicSchema).optional(),
    /** The oldest first. */
    messages: z.array(seedMessageSchema).optional(),
  })
  .refine(
    ({ id, type }) => id.startsWith('@TGS#_') === (type === 'Community'),
    'the ids of communities, and no others, begin with @TGS#_',
  )
  .refine(({ type, topics }) => type === 'Community' || !topics, 'only a community has topics')
  .refine(
    ({ id, topics = [] }) => topics.every((topic) => topic.id.startsWith(`${id}@TOPIC#_`)),
    'the id of a topic begins with that of its group and @TOPIC#_',
  )

const seedPeerMessageSchema = seedMessageSchema.extend({ to: accountId })

/** What `seed` takes, with the groups and the one-to-one messages of the app. */
export const seedWithGroupsSchema = seedSchema.extend({
  groups: z.array(seedGroupSchema).max(10_000).default([]),
  peerMessages: z.array(seedPeerMessageSchema).default([]),
})

export const groupQuerySchema = z.strictObject({
  appId: z.coerce.number().int().optional(),
  group: z.string().min(1),
})

export const dissolveGroupSchema = z.strictObject({ appId: appId.optional(), group: z.string().min(1) })

/** A change of a group made elsewhere; what is absent stays as it is. */
export const putGroupSchema = z.strictObject({
  appId: appId.optional(),
  group: z.string().min(1),
  muteAll: z.boolean().optional(),
  members: z
    .array(
      z.strictObject({
        id: accountId,
        /** Joins or leaves; a mute of the account stays either way. */
        isMember: z.boolean().optional(),
        role: lesserRoleSchema.optional(),
        muted: muteWishSchema.optional(),
      }),
    )
    .default([]),
  topics: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        muteAll: z.boolean().optional(),
        members: z.array(z.strictObject({ id: accountId, muted: muteWishSchema })).default([]),
      }),
    )
    .default([]),
})

/** A group as it is, asked past the provider API. */
export const groupStateSchema = z.strictObject({
  appId,
  group: z.string(),
  type: groupTypeSchema,
  name: z.string(),
  owner: z.string().nullable(),
  muteAll: z.boolean(),
  members: z.array(z.strictObject({ id: z.string(), role: roleSchema, until: muteEndSchema })),
  topics: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      muteAll: z.boolean(),
      /** The members who are muted in the topic. */
      members: z.array(z.strictObject({ id: z.string(), until: muteEndSchema })),
    }),
  ),
})

export type GroupType = z.infer<typeof groupTypeSchema>
export type Role = z.infer<typeof roleSchema>
export type MessageElement = z.infer<typeof messageElementSchema>
export type SeedMessage = z.infer<typeof seedMessageSchema>
export type SeedPeerMessage = z.infer<typeof seedPeerMessageSchema>
export type SeedMember = z.infer<typeof seedMemberSchema>
export type SeedGroup = z.infer<typeof seedGroupSchema>
export type GroupState = z.infer<typeof groupStateSchema>
