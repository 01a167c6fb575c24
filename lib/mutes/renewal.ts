import 'server-only'
import type { Context } from '@/lib/context'
import type { Capabilities, GroupCapabilities } from '@/lib/provider/port'
import { type ChangeRow, type CommandRow, currentUntil, observedOf, type StateRow } from './internal'
import type { MutePlace, Reading } from './place'
import { sameRoles } from './role-rules'
import { endToleranceMs, heldLateMs } from './rules'
import type { MuteScope, Until } from './schemas'
import { driftOfState } from './state-drift'

/**
 * Mutes with an end beyond what their provider takes at once: it holds them for as long as it can, and the console
 * renews them before that is over (lib/mutes/renew-due.ts). The ledger keeps the true end.
 */

/** How long before the provider lets go of a mute it is renewed, in ms: a day for whatever may go wrong. */
export const renewAheadMs = 86_400_000

/**
 * Until when the provider surely holds the mute that these changes set when they were sent at `sentAt` (epoch ms) or
 * later; null: to its end.
 */
export function heldUntilOf(
  context: Pick<Context, 'provider'>,
  place: MutePlace,
  changes: readonly Pick<ChangeRow, 'afterUntil'>[],
  sentAt: number,
): number | null {
  const held = sentAt + longestMsAt(context.provider(place.connection).capabilities, place)
  return changes.some(({ afterUntil }) => isBeyond(afterUntil, held)) ? held : null
}

/** Where the types of groups differ, the shortest: what is renewed too soon still holds. */
function longestMsAt({ maxMuteSeconds, groups }: Capabilities, { userId, groupId }: MutePlace): number {
  if (groupId === '') return maxMuteSeconds * 1_000
  const ofMutes = ({
    memberMute,
    everyoneMute,
    roleMute,
  }: GroupCapabilities): ({ maxSeconds: number } | null)[] =>
    userId === '' ? [everyoneMute, roleMute] : [memberMute]
  const limits = Object.values(groups).flatMap(ofMutes)
  return Math.min(...limits.flatMap((limit) => (limit ? [limit.maxSeconds * 1_000] : [])))
}

function isBeyond(until: Until | null, held: number): boolean {
  return typeof until === 'number' && until > held
}

/**
 * A reading as it compares with a command's changes: an end to which the provider holds a longer mute stands for that
 * mute's own. With it, until when the provider holds what the command set, where that is shown.
 */
export function seenThrough(
  context: Pick<Context, 'provider' | 'clock'>,
  command: CommandRow,
  changes: readonly ChangeRow[],
  states: ReadonlyMap<MuteScope, StateRow>,
  reading: Reading,
): { seen: Reading; heldUntil: number | null } {
  const earliest = heldUntilOf(context, command, changes, command.requestedAt)
  const latest = heldUntilOf(context, command, changes, context.clock.now())
  const until = { ...reading.until }
  let heldUntil: number | null = null
  for (const { scope, beforeUntil, afterUntil, beforeRoles } of changes) {
    const shown = until[scope]
    if (typeof shown !== 'number') continue
    const before = states.get(scope)?.heldUntil ?? null
    const shownRoles = scope === 'roles' ? reading.roles : null
    if (before !== null && isHeld(shown, before, before) && sameRoles(shownRoles ?? null, beforeRoles))
      until[scope] = beforeUntil
    // Of everybody's mute and that of roles a command sets one; what is shown of the other is not its own.
    else if (
      typeof afterUntil === 'number' &&
      earliest !== null &&
      isHeld(shown, earliest, latest ?? afterUntil)
    ) {
      until[scope] = afterUntil
      heldUntil = shown
    }
  }
  return { seen: { ...reading, until }, heldUntil }
}

function isHeld(shown: number, earliest: number, latest: number): boolean {
  return shown >= earliest - endToleranceMs && shown <= latest + heldLateMs
}

/**
 * Whether it is for the console to renew a mute: as long as nobody has changed it elsewhere. That it is gone once the
 * provider had let go of it is nobody's change.
 */
export function isOursToRenew(state: StateRow, now: number): boolean {
  if (state.heldUntil === null) return false
  if (!driftOfState(state, now)) return true
  return observedOf(state) === null && (state.observedAt ?? 0) >= state.heldUntil
}

/** Whether in a whole group another mute holds in place of the one in `scope`: to renew that one would replace it. */
export function isReplaced(states: ReadonlyMap<MuteScope, StateRow>, scope: MuteScope, now: number): boolean {
  return [...states.values()].some(
    (other) => other.userId === '' && other.scope !== scope && currentUntil(other, now) !== null,
  )
}
