import * as z from 'zod'
import { connectionKeySchema, userIdSchema } from '@/lib/accounts/schemas'
import type { FieldErrorCode } from '@/lib/errors'
import { groupIdSchema, topicIdSchema } from '@/lib/groups/schemas'
import { globalMuteScopes, type MuteScope } from './rules'

/** Whom and where: an account everywhere, an account in a group or topic, or everybody in a group or topic. */
export const place = {
  userId: userIdSchema.exactOptional(),
  groupId: groupIdSchema.exactOptional(),
  topicId: topicIdSchema.exactOptional(),
}

type Place = { [Field in keyof typeof place]?: string }

/** Scopes say where a mute holds, and so does the place: both must say the same. */
function requireFit({ userId, groupId, topicId }: Place, scopes: readonly MuteScope[]): FieldMistake | null {
  if (topicId !== undefined && groupId === undefined) return { field: 'groupId', error: 'required' }
  const isGroupWide = scopes.includes('everyone') || scopes.includes('roles')
  if (userId === undefined && !isGroupWide) return { field: 'userId', error: 'required' }
  if (userId === undefined && groupId === undefined) return { field: 'groupId', error: 'required' }
  const fitting = scopesOf({ userId, groupId, topicId })
  // Everybody's mute and that of roles replace each other: no command is for both.
  const isFitting = scopes.every((scope) => fitting.includes(scope)) && !(isGroupWide && scopes.length > 1)
  return isFitting ? null : { field: 'scopes', error: 'invalid' }
}

function scopesOf({ userId, groupId, topicId }: Place): readonly MuteScope[] {
  if (userId === undefined) return topicId === undefined ? ['everyone', 'roles'] : ['everyone']
  if (groupId === undefined) return globalMuteScopes
  return topicId === undefined ? ['group'] : ['topic']
}

type FieldMistake = { field: keyof typeof place | 'scopes'; error: FieldErrorCode }

/** Refines an input with several scopes, or with one: they must be such as its place can have. */
export function fitsPlace(
  input: Place & ({ scopes: readonly MuteScope[] } | { scope: MuteScope }),
  { addIssue }: z.RefinementCtx,
) {
  const mistake = requireFit(input, 'scope' in input ? [input.scope] : input.scopes)
  if (mistake) addIssue({ code: 'custom', path: [mistake.field], message: mistake.error })
}

/** The fields that say which place in which connection. */
export const placeKey = { connection: connectionKeySchema, ...place }

/** Whether the fields say whom they are about; without an account everybody in a group is meant. */
export function namesSomebody({ userId, groupId, topicId }: Place): boolean {
  return groupId !== undefined || (userId !== undefined && topicId === undefined)
}

/** Whom and where somebody looks at: an account everywhere, a member of a group or topic, or everybody in one. */
export const placeKeySchema = z
  .strictObject(placeKey)
  .refine(namesSomebody, { path: ['groupId'], error: 'required' })
export type PlaceKey = z.infer<typeof placeKeySchema>

/** `cursor`: the `next` of the page before; `only` leaves out who is not muted. */
export const listMembersSchema = z.strictObject({
  connection: connectionKeySchema,
  groupId: groupIdSchema,
  topicId: topicIdSchema.exactOptional(),
  cursor: z.string('invalid').max(500, 'invalid').exactOptional(),
  only: z.literal('muted', 'invalid').exactOptional(),
})
export type ListMembersInput = z.infer<typeof listMembersSchema>
