import 'server-only'
import { AppError } from '@/lib/errors'
import type { Actor } from './actor'
import { hasPermission, type Permission } from './roles'

/** The first line of every verb that a moderator starts. Throws `AppError('FORBIDDEN')` unless the role includes it. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (!hasPermission(actor.role, permission)) throw new AppError('FORBIDDEN')
}
