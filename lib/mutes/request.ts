import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { Db, Tx } from '@/lib/db'
import { moderators, muteChanges, muteCommands, muteStates } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { inForce } from './ends'
import { arrivalOfLease, currentUntil, inSeconds, plainChanges, type StateRow } from './internal'
import { auditPlace, groupOf, type MutePlace, statesAt } from './place'
import { inRoleOrder } from './role-rules'
import { leaseSeconds } from './rules'
import type { CommandKind, MuteScope, Reason, Until } from './schemas'

export type Plan = {
  kind: CommandKind
  place: MutePlace
  idempotencyKey: string
  inputHash: string
  reason: Reason
  undoOf?: string
  /** scope → the end it shall have */
  after: Partial<Record<MuteScope, Until | null>>
  /** whom a mute of roles shall be for; without it those that the ledger has */
  roles?: readonly number[]
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
  return db.transaction(async (tx) => {
    const id = crypto.randomUUID()
    const [inserted] = await tx
      .insert(muteCommands)
      .values({
        id,
        kind: plan.kind,
        status: 'requested',
        ...plan.place,
        actorId: actor.id,
        reasonCategory: plan.reason.category,
        reasonText: plan.reason.text,
        idempotencyKey: plan.idempotencyKey,
        inputHash: plan.inputHash,
        undoOf: plan.undoOf ?? null,
        leaseUntil: inSeconds(leaseSeconds),
        mayArriveUntil: arrivalOfLease,
      })
      .onConflictDoNothing({ target: [muteCommands.actorId, muteCommands.idempotencyKey] })
      .returning({ id: muteCommands.id })
    if (!inserted) return { id: await earlierCommand(tx, actor, plan), isNew: false }

    const scopes = (Object.keys(plan.after) as MuteScope[]).sort()
    const changes = []
    for (const scope of scopes) {
      const state = await takeScope(tx, plan, scope, id)
      const isRenewed = plan.kind === 'renew'
      const beforeUntil = isRenewed ? inForce(state.heldUntil, now) : currentUntil(state, now)
      const afterUntil = plan.after[scope] ?? null
      const isMuted = scope === 'roles' && afterUntil !== null
      changes.push({
        commandId: id,
        scope,
        beforeUntil,
        afterUntil,
        beforeRoles: beforeUntil === null ? null : state.holdsRoles,
        afterRoles: isMuted ? inRoleOrder(plan.roles ?? state.roles ?? []) : null,
        // A mute that was renewed is still the one that was decided on: what was seen of it, and its undo, hold.
        version: isRenewed ? state.version : state.version + 1,
      })
    }
    await tx.insert(muteChanges).values(changes)
    await record(tx, {
      type: 'mute.requested',
      actorId: actor.id,
      actorName: actor.name,
      ...auditPlace(plan.place),
      commandId: id,
      data: {
        ...groupOf(plan.place),
        kind: plan.kind,
        reason: plan.reason,
        changes: plainChanges(changes),
        ...(plan.undoOf ? { undoOf: plan.undoOf } : {}),
      },
    })
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

/** Takes one scope for the command, or tells who was first. Scopes are taken in one order, so that two commands never wait for each other. */
async function takeScope(tx: Tx, plan: Plan, scope: MuteScope, commandId: string): Promise<StateRow> {
  await tx
    .insert(muteStates)
    .values({ ...plan.place, scope })
    .onConflictDoNothing()
  const here = and(statesAt(plan.place), eq(muteStates.scope, scope))
  const [taken] = await tx
    .update(muteStates)
    .set({ pendingCommandId: commandId })
    .where(and(here, eq(muteStates.version, plan.basis[scope] ?? 0), isNull(muteStates.pendingCommandId)))
    .returning()
  if (taken) return taken

  const [state] = await tx.select().from(muteStates).where(here)
  await requireFree(tx, state, plan.basis[scope] ?? 0)
  throw new AppError('MUTE_CHANGED')
}

/** A scope's state, if nobody changed it since version `basis` and no command is in flight. Throws `MUTE_PENDING` or `MUTE_CHANGED` with who and when. */
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
