import * as z from 'zod'
import {
  appId,
  type MuteWish,
  muteEndSchema,
  muteWishSchema,
  rolesMuteSchema,
  ZEGO_ACTIONS,
} from '../schemas'
import { isGroupId, isUserId } from './ids'

const userId = z
  .string()
  .refine((id) => isUserId(id, 'with-space'), 'must be a user id of ZEGO, up to 32 bytes')
const groupId = z.string().refine(isGroupId, 'must be a group id of ZEGO, up to 32 bytes')

/** 1 owner, 2 administrator, 3 member, others the customer's own, which may do what a member may. */
const role = z.int().min(1).max(255)

/** Online, offline with a login that still holds, or none: logged out, or registered and never logged in. */
const sessionSchema = z.enum(['Online', 'Offline', 'none'])

const seedUserSchema = z.strictObject({
  id: userId,
  name: z
    .string()
    .refine((name) => Buffer.byteLength(name) <= 256, 'must be at most 256 bytes')
    .optional(),
  avatarUrl: z.string().max(500).optional(),
  session: sessionSchema.optional(),
})

const seedMessageSchema = z.strictObject({
  from: userId,
  text: z.string(),
  secondsAgo: z.int().min(0),
  /** 1 is text; the bodies of 10 to 14 and 100 are JSON, percent-encoded. */
  type: z.union([1, 2, 10, 11, 12, 13, 14, 100, 200].map((type) => z.literal(type))).optional(),
  payload: z.string().optional(),
  isEmpty: z.enum(['deleted', 'recalled']).optional(),
})

/** Roles to silence and for how long. */
const rolesWishSchema = z.strictObject({ roles: z.array(role).min(1).max(20), muted: muteWishSchema })

const seedGroupSchema = z
  .strictObject({
    id: groupId,
    name: z.string().max(50).optional(),
    /** In the order of their joining. Who is no user yet becomes one. */
    members: z
      .array(
        z.strictObject({
          id: userId,
          role: role.optional(),
          nickname: z.string().max(256).optional(),
          muted: muteWishSchema.optional(),
        }),
      )
      .max(10_000)
      .default([]),
    everyone: muteWishSchema.optional(),
    roles: rolesWishSchema.optional(),
    /** The oldest first. */
    messages: z.array(seedMessageSchema).default([]),
  })
  .refine(({ members }) => members.filter((member) => member.role === 1).length <= 1, 'a group has one owner')
  .refine(isOneMute, 'everyone and roles are never muted together')

const seedAppSchema = z.strictObject({
  appId,
  serverSecret: z.string().min(1),
  /** Calls per second by Action, for customers who bought more and for tests that need less. */
  limits: z.partialRecord(z.enum(ZEGO_ACTIONS), z.int().min(1)).optional(),
})

/** What `seed` takes under `zego`. */
export const zegoSeedSchema = z.strictObject({
  appId: appId.optional(),
  users: z.array(seedUserSchema).max(100_000).default([]),
  groups: z.array(seedGroupSchema).max(20_000).default([]),
  peerMessages: z.array(seedMessageSchema.extend({ to: userId })).default([]),
  apps: z.array(seedAppSchema).max(100).default([]),
})

export const zegoGroupQuerySchema = z.strictObject({
  appId: z.coerce.number().int().optional(),
  group: z.string().min(1),
})

/** A change of a group made elsewhere; what is absent stays as it is. */
export const putZegoGroupSchema = z
  .strictObject({
    appId: appId.optional(),
    group: z.string().min(1),
    everyone: muteWishSchema.optional(),
    roles: rolesWishSchema.nullable().optional(),
    members: z
      .array(
        z.strictObject({
          id: userId,
          /** Joins or leaves; a mute goes with the membership. */
          isMember: z.boolean().optional(),
          role: role.optional(),
          muted: muteWishSchema.optional(),
        }),
      )
      .default([]),
  })
  .refine(isOneMute, 'everyone and roles are never muted together')

export const dissolveZegoGroupSchema = z.strictObject({ appId: appId.optional(), group: z.string().min(1) })

/** A group as it is, asked past the provider API. */
export const zegoGroupSchema = z.strictObject({
  appId,
  group: z.string(),
  name: z.string(),
  everyone: muteEndSchema,
  roles: rolesMuteSchema,
  members: z.array(z.strictObject({ id: z.string(), role, until: muteEndSchema })),
})

function isOneMute(wish: { everyone?: MuteWish | undefined; roles?: object | null | undefined }): boolean {
  return !(wish.everyone && wish.roles)
}

export type ZegoSession = z.infer<typeof sessionSchema>
export type SeedZegoUser = z.input<typeof seedUserSchema>
export type SeedZegoMessage = z.infer<typeof seedMessageSchema>
export type SeedZegoGroup = z.input<typeof seedGroupSchema>
export type SeedZegoApp = z.infer<typeof seedAppSchema>
export type ZegoSeed = z.infer<typeof zegoSeedSchema>
export type ZegoSeedInput = z.input<typeof zegoSeedSchema>
export type PutZegoGroupInput = z.input<typeof putZegoGroupSchema>
