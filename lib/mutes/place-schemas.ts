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
  if (userId === undefined && !scopes.includes('everyone')) return { field: 'userId', error: 'required' }
  if (userId === undefined && groupId === undefined) return { field: 'groupId', error: 'required' }
  const fitting = scopesOf({ userId, groupId, topicId })
  return scopes.every((scope) => fitting.includes(scope)) ? null : { field: 'scopes', error: 'invalid' }
}

function scopesOf({ userId, groupId, topicId }: Place): readonly MuteScope[] {
  if (userId === undefined) return ['everyone']
  if (groupId === undefined) return globalMuteScopes
  return topicId === undefined ? ['group'] : ['topic']
}

type FieldMistake = { field: keyof typeof place | 'scopes'; error: FieldErrorCode }

/** Holds an input with several scopes, or with one, against its place. */
export function fitsPlace(
  input: Place & ({ scopes: readonly MuteScope[] } | { scope: MuteScope }),
  { addIssue }: z.RefinementCtx,
) {
  const mistake = requireFit(input, 'scope' in input ? [input.scope] : input.scopes)
  if (mistake) addIssue({ code: 'custom', path: [mistake.field], message: mistake.error })
}

/** The fields of a place in one connection. */
export const placeKey = { connection: connectionKeySchema, ...place }

/** Whether it says whom it is about; a topic needs its group. */
export function namesSomebody({ userId, groupId, topicId }: Place): boolean {
  return groupId !== undefined || (userId !== undefined && topicId === undefined)
}

/** Whom and where somebody looks at: an account everywhere, a member of a group or topic, or everybody in one. */
export const placeKeySchema = z
  .strictObject(placeKey)
  .refine(namesSomebody, { path: ['groupId'], error: 'required' })
export type PlaceKey = z.infer<typeof placeKeySchema>
