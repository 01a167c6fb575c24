import type { Actor } from '@/lib/auth/actor'
import { hasPermission } from '@/lib/auth/roles'

/** Whether somebody may take a link back: their own, or as a lead anybody's. */
export function mayUnlink({ id, role }: Pick<Actor, 'id' | 'role'>, linkedBy: string): boolean {
  return linkedBy === id || hasPermission(role, 'reports:lead')
}
