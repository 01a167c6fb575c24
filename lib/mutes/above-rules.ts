import { silences } from './ends'
import type { MuteScope, MuteStateDto } from './schemas'

/** Mutes that silence a member of a group without being the member's own there. */
export const aboveScopes = ['everyone', 'roles', 'all_groups'] as const

/** One that holds, for this member too: everybody's or its role's in the place, or its account's in all groups. */
export type AboveDto = Pick<MuteStateDto, 'until' | 'checkedAt' | 'roles'> & {
  scope: (typeof aboveScopes)[number]
}

/** Of these states those that hold at `now` (epoch ms, the server's clock), as what is above a member. */
export function aboveOf(states: readonly MuteStateDto[], now: number): AboveDto[] {
  return states.flatMap(({ scope, until, checkedAt, roles }) =>
    isAbove(scope) && silences({ until, checkedAt }, now)
      ? [{ scope, until, checkedAt, ...(roles !== undefined && { roles }) }]
      : [],
  )
}

function isAbove(scope: MuteScope): scope is AboveDto['scope'] {
  return aboveScopes.some((known) => known === scope)
}
