/** Who may do what: the one table. Pure, importable on both sides; the server's verbs are what enforces it. */
export const roles = ['viewer', 'support', 'moderator', 'lead', 'admin'] as const
export type Role = (typeof roles)[number]

export const permissions = [
  'accounts:read',
  'mutes:apply',
  'mutes:apply-forever',
  'mutes:lift',
  'mutes:bulk',
  'mutes:approve-bulk',
  'audit:read',
  'settings:write',
] as const
export type Permission = (typeof permissions)[number]

const viewer: readonly Permission[] = ['accounts:read']
const support: readonly Permission[] = [...viewer, 'mutes:apply', 'mutes:lift']
const moderator: readonly Permission[] = [...support, 'mutes:apply-forever', 'mutes:bulk']
const lead: readonly Permission[] = [...moderator, 'mutes:approve-bulk', 'audit:read', 'settings:write']
const admin: readonly Permission[] = [...lead]

const permissionsByRole: Record<Role, readonly Permission[]> = { viewer, support, moderator, lead, admin }

/** Whether a role includes a permission. */
export function hasPermission(role: Role, permission: Permission): boolean {
  return permissionsByRole[role].includes(permission)
}
