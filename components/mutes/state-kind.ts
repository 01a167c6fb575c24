import type { AboveDto } from '@/lib/mutes/above-rules'
import { inForce, silences } from '@/lib/mutes/ends'
import type { MuteScope, MuteStateDto } from '@/lib/mutes/schemas'

/**
 * What a cell of the matrix shows, and the value of its `data-state`:
 * - `none`: not muted
 * - `muted`: muted, the end is ahead or there is none
 * - `sending`: a change is on its way
 * - `unknown`: a change was sent and no answer came, or the provider was never read
 * - `untold`: no mute is known, and the provider does not tell whether there is one
 * - `drift`: the provider says something other than the ledger
 * - `ending`: the end has passed by the clock, the provider was not read since
 * - `ended`: the provider was read since and the mute is over
 */
export const stateKinds = [
  'none',
  'muted',
  'sending',
  'unknown',
  'untold',
  'drift',
  'ending',
  'ended',
] as const
export type StateKind = (typeof stateKinds)[number]

/** What a state shows at `now` (epoch ms, the server's clock). */
export function stateKind(state: MuteStateDto, now: number): StateKind {
  if (state.pending) return state.pending.status === 'unknown' ? 'unknown' : 'sending'
  if (state.drift) return 'drift'
  if (state.until !== null) return inForce(state.until, now) === null ? 'ending' : 'muted'
  // A reading asked for before the end says nothing about it.
  const isUnread = state.checkedAt !== null && state.endedAt !== null && state.checkedAt < state.endedAt
  if (state.endedAt !== null) return isUnread ? 'ending' : 'ended'
  if (state.isUntold) return 'untold'
  return state.checkedAt === null ? 'unknown' : 'none'
}

/** Where an account cannot write, as the words choose their sentence. */
export type Places = 'none' | 'both' | MuteScope

export function placesOf(scopes: readonly MuteScope[]): Places {
  const [first, ...others] = scopes
  if (first === undefined) return 'none'
  return others.length === 0 ? first : 'both'
}

/** Which words tell the answer: those of an account's matrix, or those of one place in a group. */
export function answerWords(
  states: readonly MuteStateDto[],
): 'known' | 'group' | 'topic' | 'everyone' | 'untold' {
  const [first] = states
  const scope = first?.scope
  if (first?.isUntold) return 'untold'
  return scope === 'group' || scope === 'topic' || scope === 'everyone' ? scope : 'known'
}

export type Answer = {
  /** null: it was never read where this account can write */
  places: Places | null
  /** the next end among the mutes that hold, passed where one is overdue; null: none holds, or none of them ends */
  nextEnd: number | null
}

/**
 * Where this account cannot write at `now`, and when that changes next. What the provider says counts. `above`: what
 * silences a member beside its own mute.
 */
export function answerOf(
  states: readonly MuteStateDto[],
  now: number,
  above: readonly AboveDto[] = [],
): Answer {
  const isUnread =
    above.length === 0 &&
    states.some(({ until, checkedAt, isUntold }) => until === null && checkedAt === null && !isUntold)
  if (isUnread) return { places: null, nextEnd: null }
  const muted = [...states, ...above].filter((mute) => silences(mute, now))
  const ends = muted.map(({ until }) => until).filter((until) => typeof until === 'number')
  return {
    places: placesOf(muted.map(({ scope }) => scope)),
    nextEnd: ends.length > 0 ? Math.min(...ends) : null,
  }
}

/** Whether something is on its way or about to be over, so that it is worth looking again soon. */
export function isMoving(states: readonly MuteStateDto[], now: number): boolean {
  return states.some((state) => state.pending || stateKind(state, now) === 'ending')
}

/** How soon the matrix is to be read again, ms: quickly while something is on its way or about to be over. */
export function refetchAfter(states: readonly MuteStateDto[], now: number): number {
  return isMoving(states, now) ? 2_000 : 60_000
}
