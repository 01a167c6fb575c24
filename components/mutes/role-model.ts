import type { FieldErrorCode } from '@/lib/errors'
import { highestRole, inRoleOrder, maxMutedRoles } from '@/lib/mutes/role-rules'
import type { MuteStateDto, Until } from '@/lib/mutes/schemas'
import { groupRoles } from '@/lib/provider/port'

/** Whether these are the mutes of a whole group where everybody's and that of roles replace each other. */
export function isEitherOr(states: readonly Pick<MuteStateDto, 'scope'>[]): boolean {
  return states.some(({ scope }) => scope === 'roles')
}

/** The roles that are muted now. */
export function mutedRoles(states: readonly MuteStateDto[]): readonly number[] {
  return states.find(({ scope }) => scope === 'roles')?.roles ?? []
}

/** The roles to choose from: the provider's own, those found among the members, and those that are muted. */
export function rolesOffered(found: readonly (number | null)[], muted: readonly number[]): number[] {
  const known = found.flatMap((role) => (role === null || role < 1 ? [] : [role]))
  return inRoleOrder([...Object.values(groupRoles), ...known, ...muted])
}

/** What was ticked and typed as one list, or what is wrong with it. Of an empty list the sending tells. */
export function rolesOf(
  ticked: readonly number[],
  typed: string,
): { roles: number[]; error: FieldErrorCode | null } {
  const words = typed.split(/[\s,;，、；]+/u).filter((word) => word !== '')
  const isRole = (word: string) => /^\d{1,3}$/.test(word) && Number(word) >= 1 && Number(word) <= highestRole
  const roles = inRoleOrder([...ticked, ...words.filter(isRole).map(Number)])
  if (!words.every(isRole)) return { roles, error: 'invalid' }
  return { roles, error: roles.length > maxMutedRoles ? 'too_many' : null }
}

/** A command's changes without the scope that another one could have replaced but that nobody was muted in. */
export function toldChanges<Change extends { before: Until | null; after: Until | null }>(
  changes: readonly Change[],
): readonly Change[] {
  const told = changes.filter(({ before, after }) => before !== null || after !== null)
  return told.length > 0 ? told : changes
}
