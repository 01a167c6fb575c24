import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { rowsOf } from '@/lib/db/rows'
import { muteChanges, muteCommands, muteStates } from '@/lib/db/schema'
import { inForce } from './ends'
import { type ChangeRow, currentUntil, inSeconds, lockOrder, plainChanges, type StateRow } from './internal'
import { auditPlace, groupOf, type MutePlace } from './place'
import { inRoleOrder } from './role-rules'
import { backEndSeconds } from './rules'
import type { CommandKind, MuteScope, Reason, Until } from './schemas'

// The steps of every first transaction, in as many round trips for many commands as for one: `lockStates` and
// `insertCommands`, then `takeScopes`. Whoever calls them decides in between who was first. Keys that may come twice are
// inserted before anything is locked.

/** A command that is to be written. */
export type Wish = {
  commandId: string
  idempotencyKey: string
  inputHash: string
  place: MutePlace
  undoOf?: string
  /** scope → the end it shall have */
  after: Partial<Record<MuteScope, Until | null>>
  /** whom a mute of roles shall be for; without it those that the ledger has */
  roles?: readonly number[]
}

/** What commands that are given together have in common. */
export type GivenBy = {
  author: Pick<Actor, 'id' | 'name'>
  kind: CommandKind
  reason: Reason
  bulkId?: string
  /** for how long they are left to the process that writes them, seconds */
  leaseSeconds: number
}

/** The states of all wishes, locked in one order, so that two runs over the same accounts never wait in a circle. */
export async function lockStates(tx: Tx, wishes: readonly Wish[]): Promise<Map<string, StateRow>> {
  const rows = wishes.flatMap((wish) => scopesOf(wish).map((scope) => ({ ...wish.place, scope })))
  await tx
    .insert(muteStates)
    .select(rowsOf(muteStates, rows.sort(byKey)))
    .onConflictDoNothing()
  const locked = await tx
    .select()
    .from(muteStates)
    .where(sql`exists (select from ${wanted(wishes)} where ${isWanted})`)
    .orderBy(...lockOrder)
    .for('update')
  return new Map(locked.map((state) => [keyOf(state, state.scope), state]))
}

function byKey(a: MutePlace & { scope: MuteScope }, b: MutePlace & { scope: MuteScope }): number {
  return keyOf(a, a.scope) < keyOf(b, b.scope) ? -1 : 1
}

/** Writes the commands as `requested`, but those whose author has used their key before. Returns the ids of the written. */
export async function insertCommands(
  tx: Tx,
  { author, kind, reason, bulkId, leaseSeconds }: GivenBy,
  wishes: readonly Wish[],
): Promise<Set<string>> {
  const commands = wishes.map(({ commandId, idempotencyKey, inputHash, place, undoOf }) => ({
    id: commandId,
    kind,
    status: 'requested' as const,
    ...place,
    actorId: author.id,
    reasonCategory: reason.category,
    reasonText: reason.text,
    idempotencyKey,
    inputHash,
    undoOf: undoOf ?? null,
    bulkId: bulkId ?? null,
  }))
  const inserted = await tx
    .insert(muteCommands)
    .select(
      rowsOf(muteCommands, commands, {
        leaseUntil: inSeconds(leaseSeconds),
        mayArriveUntil: inSeconds(leaseSeconds + backEndSeconds),
      }),
    )
    .onConflictDoNothing({ target: [muteCommands.actorId, muteCommands.idempotencyKey] })
    .returning({ id: muteCommands.id })
  return new Set(inserted.map(({ id }) => id))
}

/** Takes the scopes of commands that were written, given their locked states, notes what they change and records each. */
export async function takeScopes(
  tx: Tx,
  { author, kind, reason, bulkId }: GivenBy,
  wishes: readonly Wish[],
  states: ReadonlyMap<string, StateRow>,
  now: number,
): Promise<void> {
  const changesOf = new Map(wishes.map((wish) => [wish.commandId, changesBy(wish, kind, states, now)]))
  await tx
    .update(muteStates)
    .set({ pendingCommandId: sql`wanted.command_id` })
    .from(wanted(wishes))
    .where(isWanted)
  await tx.insert(muteChanges).select(rowsOf(muteChanges, [...changesOf.values()].flat()))
  await recordAll(
    tx,
    wishes.map(
      ({ commandId, place, undoOf }): AuditEvent => ({
        type: 'mute.requested',
        actorId: author.id,
        actorName: author.name,
        ...auditPlace(place),
        commandId,
        data: {
          ...groupOf(place),
          kind,
          reason,
          ...(bulkId !== undefined && { bulk: bulkId }),
          changes: plainChanges(changesOf.get(commandId) ?? []),
          ...(undoOf !== undefined && { undoOf }),
        },
      }),
    ),
  )
}

function changesBy(
  wish: Wish,
  kind: CommandKind,
  states: ReadonlyMap<string, StateRow>,
  now: number,
): ChangeRow[] {
  const isRenewed = kind === 'renew'
  return scopesOf(wish).map((scope) => {
    const state = states.get(keyOf(wish.place, scope))
    const version = state?.version ?? 0
    const beforeUntil = isRenewed ? inForce(state?.heldUntil ?? null, now) : currentUntil(state, now)
    const afterUntil = wish.after[scope] ?? null
    const isOfRoles = scope === 'roles' && afterUntil !== null
    return {
      commandId: wish.commandId,
      scope,
      beforeUntil,
      afterUntil,
      beforeRoles: beforeUntil === null ? null : (state?.holdsRoles ?? null),
      afterRoles: isOfRoles ? inRoleOrder(wish.roles ?? state?.roles ?? []) : null,
      // A mute that was renewed is still the one that was decided on: what was seen of it, and its undo, hold.
      version: isRenewed ? version : version + 1,
    }
  })
}

/** The scopes that a command changes, in the order in which they are locked. */
export function scopesOf({ after }: Pick<Wish, 'after'>): MuteScope[] {
  return (Object.keys(after) as MuteScope[]).sort()
}

export function keyOf({ connection, userId, groupId, topicId }: MutePlace, scope: MuteScope): string {
  return [connection, userId, groupId, topicId, scope].join('\n')
}

/** The wishes' scopes as a table of the statement. */
function wanted(wishes: readonly Wish[]): SQL {
  const rows = wishes.flatMap(({ commandId, place, after }) =>
    scopesOf({ after }).map((scope) => ({ command_id: commandId, ...columnsOf(place), scope })),
  )
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as wanted (command_id uuid, connection text,
    user_id text, group_id text, topic_id text, scope text)`
}

function columnsOf({ connection, userId, groupId, topicId }: MutePlace) {
  return { connection, user_id: userId, group_id: groupId, topic_id: topicId }
}

const isWanted = sql`${muteStates.connection} = wanted.connection and ${muteStates.userId} = wanted.user_id
  and ${muteStates.groupId} = wanted.group_id and ${muteStates.topicId} = wanted.topic_id
  and ${muteStates.scope} = wanted.scope`
