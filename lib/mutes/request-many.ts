import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { driftOf } from './ends'
import { currentUntil, type StateRow } from './internal'
import { insertCommands, keyOf, lockStates, scopesOf, takeScopes, type Wish } from './request-steps'
import { leaseSecondsOfMany } from './rules'
import type { CommandKind, MuteScope, Reason, Until } from './schemas'

/** One command of many that are given together. */
export type PlanOfMany = Pick<Wish, 'place' | 'undoOf' | 'after'> & {
  /** scope → what held when it was decided on; what was changed elsewhere since is left alone */
  before: Partial<Record<MuteScope, Until | null>>
  /** scope → the version of the state that the decision was made on */
  basis: Partial<Record<MuteScope, number>>
}

/** A command that was written, or why it was not: somebody changed the state since, or is at work on it. */
export type RequestOfMany = { commandId: string } | 'changed' | 'pending'

/**
 * `requestCommand` for many places in the same transaction, in as many round trips as for one: takes their scopes,
 * writes the commands as `requested` with what they change, and records each. A place that somebody else was faster at
 * is left alone, the others go on. Answers in the order of the plans.
 */
export async function requestMany(
  tx: Tx,
  author: Pick<Actor, 'id' | 'name'>,
  { kind, reason, bulkId }: { kind: CommandKind; reason: Reason; bulkId: string },
  plans: readonly PlanOfMany[],
  now: number,
): Promise<RequestOfMany[]> {
  const wishes = plans.map((plan) => {
    const commandId = crypto.randomUUID()
    // Nobody sends it a second time: its run has a key of its own.
    return { ...plan, commandId, idempotencyKey: commandId, inputHash: '' }
  })
  const states = await lockStates(tx, wishes)
  const answers = wishes.map((wish) => judge(wish, states, now))
  const granted = wishes.filter((_, index) => typeof answers[index] === 'object')
  if (granted.length === 0) return answers
  const by = { author, kind, reason, bulkId, leaseSeconds: leaseSecondsOfMany }
  await insertCommands(tx, by, granted)
  await takeScopes(tx, by, granted, states, now)
  return answers
}

function judge(wish: Wish & PlanOfMany, states: Map<string, StateRow>, now: number): RequestOfMany {
  const at = scopesOf(wish).map((scope) => ({ scope, state: states.get(keyOf(wish.place, scope)) }))
  if (at.some(({ state }) => state?.pendingCommandId)) return 'pending'
  const isAsSeen = at.every(
    ({ scope, state }) =>
      (state?.version ?? 0) === (wish.basis[scope] ?? 0) &&
      driftOf(wish.before[scope] ?? null, currentUntil(state, now), now) === null,
  )
  return isAsSeen ? { commandId: wish.commandId } : 'changed'
}
