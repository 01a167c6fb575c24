import type { MuteChange } from '@/lib/mutes/changes'
import { inForce, isOverdue, sameEnd } from '@/lib/mutes/ends'
import { sameRoles } from '@/lib/mutes/role-rules'
import type { MuteScope, MuteStateDto, Until } from '@/lib/mutes/schemas'
import { isEitherOr, mutedRoles } from './role-model'

/** What happens to an end. `same`: it is so already. */
export type ChangeVerb = 'mute' | 'extend' | 'shorten' | 'lift' | 'same'
/**
 * What happens to a scope, and what a whole command is called; `replace`: other roles, or different things to different
 * scopes.
 */
export type CommandVerb = ChangeVerb | 'replace'

export type PlannedChange = MuteChange & { verb: CommandVerb }

/** What would become of each chosen scope at `now`, and of one that it replaces: before → after. */
export function plannedChanges(
  states: readonly MuteStateDto[],
  scopes: readonly MuteScope[],
  after: Until | null,
  now: number,
  roles: readonly number[] = [],
): PlannedChange[] {
  const chosen = scopes.map((scope): PlannedChange => {
    const before = inForce(untilOf(states, scope), now)
    const isLate = states.some((state) => state.scope === scope && isOverdue(state, now))
    // Somebody else may have set what this lifts, or its end has passed without an effect.
    const isLift = after === null && (isUntold(states, scope) || isLate)
    const verb = isLift ? 'lift' : changeVerb(before, after, now)
    if (scope !== 'roles') return { scope, before, after, verb }
    const beforeRoles = before === null ? null : [...mutedRoles(states)]
    const afterRoles = after === null ? null : [...roles]
    const isOther = beforeRoles !== null && afterRoles !== null && !sameRoles(beforeRoles, afterRoles)
    return { scope, before, after, beforeRoles, afterRoles, verb: isOther ? 'replace' : verb }
  })
  const replaced = isEitherOr(states) ? states.filter(({ scope }) => !scopes.includes(scope)) : []
  const lifted = replaced.flatMap((state): PlannedChange[] => {
    const before = inForce(state.until, now)
    if (before === null) return []
    const ofRoles = state.scope === 'roles' && { beforeRoles: [...mutedRoles(states)], afterRoles: null }
    return [{ scope: state.scope, before, after: null, ...ofRoles, verb: 'lift' }]
  })
  return [...lifted, ...chosen]
}

export function changeVerb(before: Until | null, after: Until | null, now: number): ChangeVerb {
  const [isMuted, willBe] = [before, after].map((end) => inForce(end, now) !== null)
  // Also of a few seconds, which a reading cannot tell from none.
  if (isMuted !== willBe) return willBe ? 'mute' : 'lift'
  if (sameEnd(before, after, now)) return 'same'
  if (after === 'forever') return 'extend'
  if (before === 'forever') return 'shorten'
  return (after ?? 0) > (before ?? 0) ? 'extend' : 'shorten'
}

/** One word for several changes; scopes that stay as they are do not count. */
export function commandVerb(changes: readonly Pick<PlannedChange, 'verb'>[]): CommandVerb {
  const verbs = new Set(changes.map(({ verb }) => verb).filter((verb) => verb !== 'same'))
  const [first, ...others] = verbs
  if (first === undefined) return 'same'
  return others.length === 0 ? first : 'replace'
}

/** The end of what holds in a scope. */
export function untilOf(states: readonly MuteStateDto[], scope: MuteScope): Until | null {
  return states.find((state) => state.scope === scope)?.until ?? null
}

/** Whether the provider does not tell of a scope. */
export function isUntold(states: readonly MuteStateDto[], scope: MuteScope): boolean {
  return states.find((state) => state.scope === scope)?.isUntold ?? false
}
