import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import type { Actor } from './actor'
import { requirePermission } from './require-permission'
import { hasPermission, type Permission, permissions, type Role, roles } from './roles'

/** Written out once more on purpose: a change of the table has to be meant twice. */
const matrix: Record<Permission, Record<Role, boolean>> = {
  'accounts:read': { viewer: true, support: true, moderator: true, lead: true, admin: true },
  'mutes:apply': { viewer: false, support: true, moderator: true, lead: true, admin: true },
  'mutes:apply-forever': { viewer: false, support: false, moderator: true, lead: true, admin: true },
  'mutes:lift': { viewer: false, support: true, moderator: true, lead: true, admin: true },
  'mutes:bulk': { viewer: false, support: false, moderator: true, lead: true, admin: true },
  'mutes:approve-bulk': { viewer: false, support: false, moderator: false, lead: true, admin: true },
  'reports:read': { viewer: false, support: true, moderator: true, lead: true, admin: true },
  'reports:file': { viewer: false, support: true, moderator: true, lead: true, admin: true },
  'reports:work': { viewer: false, support: true, moderator: true, lead: true, admin: true },
  'reports:lead': { viewer: false, support: false, moderator: false, lead: true, admin: true },
  'audit:read': { viewer: false, support: false, moderator: false, lead: true, admin: true },
  'settings:write': { viewer: false, support: false, moderator: false, lead: true, admin: true },
  'api-keys:write': { viewer: false, support: false, moderator: false, lead: false, admin: true },
}

const cells = permissions.flatMap((permission) =>
  roles.map((role) => ({ role, permission, isAllowed: matrix[permission][role] })),
)

describe('the role table', () => {
  it.each(cells)('$role and $permission: $isAllowed', ({ role, permission, isAllowed }) => {
    const actor: Actor = { id: 'a', email: 'a@example.com', name: 'A', role, sessionId: 's' }
    expect(hasPermission(role, permission)).toBe(isAllowed)
    if (isAllowed) expect(requirePermission(actor, permission)).toBeUndefined()
    else expect(() => requirePermission(actor, permission)).toThrow(new AppError('FORBIDDEN'))
  })
})
