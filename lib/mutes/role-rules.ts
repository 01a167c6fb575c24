/** What holds for mutes of roles on both sides; without zod, so that browsers need not carry it. */

/** How many roles one mute names. */
export const maxMutedRoles = 20
/** Roles are numbers from 1; those of a customer's own lie between 100 and this one. */
export const highestRole = 255

/** Each of these roles once, in the order in which the ledger keeps them. */
export function inRoleOrder(roles: readonly number[]): number[] {
  return [...new Set(roles)].sort((a, b) => a - b)
}

/** Whether two lists in the ledger's order name the same roles. */
export function sameRoles(a: readonly number[] | null, b: readonly number[] | null): boolean {
  return (a ?? []).join() === (b ?? []).join()
}
