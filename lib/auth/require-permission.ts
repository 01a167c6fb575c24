import 'server-only'
import { AppError } from '@/lib/errors'
import type { Actor } from './actor'
import { hasPermission, isInScopes, type Permission } from './roles'

/**
 * The first line of every verb that a moderator starts. Throws `AppError('FORBIDDEN')` unless the role includes it and,
 * where an API key acts, a scope of the key does too.
 */
export function requirePermission(actor: Actor, permission: Permission): void {
  const isNarrowed = actor.apiKey !== undefined && !isInScopes(actor.apiKey.scopes, permission)
  if (isNarrowed || !hasPermission(actor.role, permission)) throw new AppError('FORBIDDEN')
}
