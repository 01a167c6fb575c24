import { inForce, sameEnd } from '@/lib/mutes/ends'
import type { MuteScope, Until } from '@/lib/mutes/schemas'
import { groupRoles } from '@/lib/provider/port'
import type { BulkKind, Forecast } from './rules'

/** What is known of an account when its run is previewed. */
export type Known = {
  isProtected: boolean
  /** null: it could not be asked, or it is a member of a group that tells its members */
  exists: boolean | null
  /** in the run's group; null: the run is not about a group, or its members cannot be listed */
  membership: { role: number } | 'none' | null
  /** the console's own account may not mute in the group */
  isPowerless?: boolean
  /** scope → what holds now and the version that says so; undefined: not told by the provider and not in the ledger */
  states: Partial<
    Record<MuteScope, { until: Until | null; version: number; isTold: boolean; isPending: boolean }>
  >
}

/** What a run wants of every account. */
export type Wish = {
  kind: Exclude<BulkKind, 'undo'>
  scopes: readonly MuteScope[]
  until: Until | null
  mayShorten: boolean
}

export type Prospect = {
  forecast: Forecast
  before: Partial<Record<MuteScope, Until | null>>
  /** only the scopes that change */
  after: Partial<Record<MuteScope, Until | null>>
  basis: Partial<Record<MuteScope, number>>
}

/**
 * What a run will do to one account, and why not. Pure. Owners and admins of a group are left out of mutes: ZEGO refuses
 * them, and whoever means one of them mutes that one by hand.
 */
export function prospectOf(wish: Wish, known: Known, now: number): Prospect {
  const stop = obstacleTo(wish, known)
  const current = (scope: MuteScope) => known.states[scope]?.until ?? null
  const before = Object.fromEntries(wish.scopes.map((scope) => [scope, current(scope)]))
  const basis = Object.fromEntries(wish.scopes.map((scope) => [scope, known.states[scope]?.version ?? 0]))
  if (stop) return { forecast: stop, before, after: {}, basis: {} }
  const moves = wish.scopes.map((scope) => ({
    scope,
    ...(mustLift(wish, known, scope) ? lifted : moveOf(wish, current(scope), now)),
  }))
  const changing = moves.filter(({ isChange }) => isChange)
  const after = Object.fromEntries(changing.map(({ scope }) => [scope, wish.until]))
  const [strongest] = (changing.length > 0 ? changing : moves).map(({ forecast }) => forecast).sort(byWeight)
  return { forecast: strongest ?? 'already_so', before, after, basis }
}

function obstacleTo(
  { kind }: Wish,
  { isProtected, exists, membership, isPowerless }: Known,
): Forecast | null {
  if (kind === 'mute' && isProtected) return 'protected'
  if (exists === false) return 'no_account'
  if (membership === 'none') return 'not_a_member'
  if (isPowerless) return 'operator_not_allowed'
  if (kind === 'mute' && membership?.role === groupRoles.owner) return 'owner'
  if (kind === 'mute' && membership?.role === groupRoles.admin) return 'admin'
  return null
}

/** Where the provider does not tell, somebody may have been muted elsewhere: lifting that again does no harm. */
function mustLift({ kind }: Wish, { states }: Known, scope: MuteScope): boolean {
  return kind === 'lift' && states[scope]?.isTold === false
}

type Move = { forecast: Forecast; isChange: boolean }
const lifted: Move = { forecast: 'lift', isChange: true }

function moveOf({ kind, until, mayShorten }: Wish, current: Until | null, now: number): Move {
  const holding = inForce(current, now)
  if (kind === 'lift') return holding === null ? { forecast: 'not_muted', isChange: false } : lifted
  if (sameEnd(holding, until, now)) return { forecast: 'already_so', isChange: false }
  if (holding === null) return { forecast: 'mute', isChange: true }
  if (lastsLonger(until, holding)) return { forecast: 'extend', isChange: true }
  return mayShorten
    ? { forecast: 'shorten', isChange: true }
    : { forecast: 'already_longer', isChange: false }
}

function lastsLonger(a: Until | null, b: Until): boolean {
  if (b === 'forever') return false
  return a === 'forever' || (a !== null && a > b)
}

/** What happens to an account in two scopes is named by what weighs more. */
const weights: readonly Forecast[] = [
  'shorten',
  'extend',
  'mute',
  'lift',
  'already_longer',
  'already_so',
  'not_muted',
]

function byWeight(a: Forecast, b: Forecast): number {
  return weights.indexOf(a) - weights.indexOf(b)
}
