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
  'reports:read',
  'reports:file',
  'reports:work',
  'reports:lead',
  'audit:read',
  'settings:write',
  'api-keys:write',
] as const
export type Permission = (typeof permissions)[number]

const viewer: readonly Permission[] = ['accounts:read']
const support: readonly Permission[] = [
  ...viewer,
  'mutes:apply',
  'mutes:lift',
  'reports:read',
  'reports:file',
  'reports:work',
]
const moderator: readonly Permission[] = [...support, 'mutes:apply-forever', 'mutes:bulk']
const lead: readonly Permission[] = [
  ...moderator,
  'mutes:approve-bulk',
  'reports:lead',
  'audit:read',
  'settings:write',
]
const admin: readonly Permission[] = [...lead, 'api-keys:write']

const permissionsByRole: Record<Role, readonly Permission[]> = { viewer, support, moderator, lead, admin }

/** Whether a role includes a permission. */
export function hasPermission(role: Role, permission: Permission): boolean {
  return permissionsByRole[role].includes(permission)
}

/** What an API key may be for. */
export const apiScopes = ['bulk-mutes:read', 'bulk-mutes:write', 'reports:read', 'reports:write'] as const
export type ApiScope = (typeof apiScopes)[number]

const permissionsByScope: Record<ApiScope, readonly Permission[]> = {
  'bulk-mutes:read': ['accounts:read'],
  'bulk-mutes:write': ['mutes:bulk', 'mutes:apply-forever'],
  'reports:read': ['reports:read'],
  'reports:write': ['reports:file'],
}

/** Whether one of these scopes lets a key use a permission that its moderator's role includes. */
export function isInScopes(scopes: readonly ApiScope[], permission: Permission): boolean {
  return scopes.some((scope) => permissionsByScope[scope].includes(permission))
}
