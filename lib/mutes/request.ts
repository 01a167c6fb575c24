import 'server-only'
import { and, eq } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import type { Db, Tx } from '@/lib/db'
import { moderators, muteCommands } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { StateRow } from './internal'
import { insertCommands, keyOf, lockStates, scopesOf, takeScopes, type Wish } from './request-steps'
import { leaseSeconds } from './rules'
import type { CommandKind, MuteScope, Reason } from './schemas'

export type Plan = Omit<Wish, 'commandId'> & {
  kind: CommandKind
  reason: Reason
  /** scope → the version of the state that the decision was made on */
  basis: Partial<Record<MuteScope, number>>
}

/**
 * The first transaction of every mute command: takes the scopes, writes the command as `requested` with what it
 * changes, and records it. The database decides races: a scope is taken only if its version is still the one the
 * moderator saw and no other command is in flight. Throws `MUTE_CHANGED` or `MUTE_PENDING` with who and when, and
 * `IDEMPOTENCY_MISMATCH`. Returns the earlier command's id, with `isNew` false, when the key was used before.
 */
export async function requestCommand(
  db: Db,
  actor: Pick<Actor, 'id' | 'name'>,
  plan: Plan,
  now: number,
): Promise<{ id: string; isNew: boolean }> {
  const id = crypto.randomUUID()
  const { kind, reason } = plan
  const by = { author: actor, kind, reason, leaseSeconds }
  const wishes = [{ ...plan, commandId: id }]
  return db.transaction(async (tx) => {
    // Before the states: the other half of a double submit waits here and holds nothing that the first one's end wants.
    const inserted = await insertCommands(tx, by, wishes)
    if (!inserted.has(id)) return { id: await earlierCommand(tx, actor, plan), isNew: false }
    const states = await lockStates(tx, wishes)
    for (const scope of scopesOf(plan))
      await requireFree(tx, states.get(keyOf(plan.place, scope)), plan.basis[scope] ?? 0)
    await takeScopes(tx, by, wishes, states, now)
    return { id, isNew: true }
  })
}

async function earlierCommand(tx: Tx, actor: Pick<Actor, 'id'>, plan: Plan): Promise<string> {
  const [earlier] = await tx
    .select({ id: muteCommands.id, inputHash: muteCommands.inputHash })
    .from(muteCommands)
    .where(and(eq(muteCommands.actorId, actor.id), eq(muteCommands.idempotencyKey, plan.idempotencyKey)))
  if (!earlier || earlier.inputHash !== plan.inputHash) throw new AppError('IDEMPOTENCY_MISMATCH')
  return earlier.id
}

/**
 * A scope's state, if nobody changed it since version `basis` and no command is in flight. Throws `MUTE_PENDING` or
 * `MUTE_CHANGED` with who and when.
 */
export async function requireFree(
  db: Db | Tx,
  state: StateRow | undefined,
  basis: number,
): Promise<StateRow | undefined> {
  if (!state?.pendingCommandId && (state?.version ?? 0) === basis) return state
  const first = state?.pendingCommandId ?? state?.commandId
  throw new AppError(state?.pendingCommandId ? 'MUTE_PENDING' : 'MUTE_CHANGED', {
    details: first ? await whoAndWhen(db, first) : {},
  })
}

/** Who gave a command and when, for those who came second. */
export async function whoAndWhen(db: Db | Tx, commandId: string): Promise<{ by?: string; at?: number }> {
  const [row] = await db
    .select({ by: moderators.name, at: muteCommands.requestedAt })
    .from(muteCommands)
    .innerJoin(moderators, eq(moderators.id, muteCommands.actorId))
    .where(eq(muteCommands.id, commandId))
  return row ?? {}
}
