import * as z from 'zod'
import { highestRole, maxMutedRoles } from './role-rules'
import type { MuteScope } from './rules'

/** The roles that a mute of roles names. */
export const rolesSchema = z
  .array(z.int('invalid').min(1, 'invalid').max(highestRole, 'invalid'), 'invalid')
  .min(1, 'required')
  .max(maxMutedRoles, 'too_many')
  .refine((roles) => new Set(roles).size === roles.length, 'duplicate')

/** Refines a wish to mute: it names roles if, and only if, it is about them. */
export function fitsRoles(
  { scopes, roles }: { scopes: readonly MuteScope[]; roles?: readonly number[] },
  { addIssue }: z.RefinementCtx,
) {
  const isAboutRoles = scopes.includes('roles')
  if (isAboutRoles === (roles !== undefined)) return
  addIssue({ code: 'custom', path: ['roles'], message: isAboutRoles ? 'required' : 'invalid' })
}
