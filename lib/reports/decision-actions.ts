import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import { resolveEnd } from '@/lib/mutes/ends'
import { requireFutureEnd } from '@/lib/mutes/possible'
import type { ReasonCategory } from '@/lib/mutes/rules'
import type { Until } from '@/lib/provider/port'
import type { ActionInput, DecisionAction, MuteAction } from './decision-schemas'
import type { WeighedAction } from './ladder'
import { isBuiltIn, type NoticeKind, type PersonAction, type ReportCategory } from './rules'

/** Asks for all that the actions will need, before anything is written. Throws `FORBIDDEN`. */
export function requireRights(actor: Actor, actions: readonly ActionInput[]): void {
  for (const action of actions) {
    if (action.kind === 'lift') requirePermission(actor, 'mutes:lift')
    if (action.kind === 'mute' || action.kind === 'extend' || action.kind === 'kick')
      requirePermission(actor, 'mutes:apply')
    if ('end' in action && action.end.kind === 'forever') requirePermission(actor, 'mutes:apply-forever')
  }
}

/** The actions with ends that do not move any more. Throws `INVALID_INPUT` (field `end`). */
export function fixedActions(actions: readonly ActionInput[], now: number): DecisionAction[] {
  return actions.map((action) => {
    if (!('end' in action)) return action
    const { end, ...rest } = action
    return { ...rest, until: requireFutureEnd(resolveEnd(end, now), now) }
  })
}

/** The actions as the ladder weighs them. */
export function weighed(actions: readonly DecisionAction[], now: number): WeighedAction[] {
  return actions.map((action) =>
    'until' in action
      ? {
          kind: action.kind,
          seconds:
            action.until === 'forever' ? Number.POSITIVE_INFINITY : Math.round((action.until - now) / 1000),
        }
      : { kind: action.kind },
  )
}

export function isMuteAction(action: DecisionAction): action is MuteAction {
  return action.kind === 'mute' || action.kind === 'extend' || action.kind === 'lift'
}

/** How the ledger of mutes calls the categories of reports; a lift takes back what was too much. */
export function reasonCategoryOf(category: ReportCategory, kind: PersonAction): ReasonCategory {
  if (kind === 'lift') return 'mistake'
  if (!isBuiltIn(category)) return 'other'
  if (category === 'threat_to_life') return 'harassment'
  return category === 'impersonation' ? 'scam' : category
}

/** Whether a decision counts against the accused from then on. */
export function isStrike(verdict: string, actions: readonly DecisionAction[]): boolean {
  return verdict === 'valid' && actions.some(({ kind }) => kind !== 'lift')
}

/** What the accused is told of the actions, with the latest end among them; null: there is nothing to tell. */
export function noticeOf(
  actions: readonly DecisionAction[],
): { kind: NoticeKind; until: Until | null } | null {
  const ends = actions.flatMap((action) => ('until' in action ? [action.until] : []))
  if (ends.length > 0) {
    const until = ends.includes('forever') ? 'forever' : Math.max(...ends.filter((end) => end !== 'forever'))
    return { kind: 'mute_notice', until }
  }
  return actions.some(({ kind }) => kind === 'warn') ? { kind: 'warning', until: null } : null
}
