import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { rowsOf } from '@/lib/db/rows'
import { muteChanges, muteCommands, muteStates } from '@/lib/db/schema'
import { driftOf } from './ends'
import { currentUntil, inSeconds, lockOrder, type StateRow } from './internal'
import { auditPlace, groupOf, type MutePlace } from './place'
import { backEndSeconds, leaseSecondsOfMany } from './rules'
import type { CommandKind, MuteScope, Reason, Until } from './schemas'

/** One command of many that are given together. */
export type PlanOfMany = {
  place: MutePlace
  undoOf?: string
  /** scope → what held when it was decided on; what was changed elsewhere since is left alone */
  before: Partial<Record<MuteScope, Until | null>>
  /** scope → the end it shall have */
  after: Partial<Record<MuteScope, Until | null>>
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
  const wishes = plans.map((plan) => ({ ...plan, commandId: crypto.randomUUID() }))
  const states = await lockStates(tx, wishes)
  const answers = wishes.map((wish) => judge(wish, states, now))
  const granted = wishes.filter((_, index) => typeof answers[index] === 'object')
  if (granted.length === 0) return answers

  const commands = granted.map(({ commandId, place, undoOf }) => ({
    id: commandId,
    kind,
    status: 'requested' as const,
    ...place,
    actorId: author.id,
    reasonCategory: reason.category,
    reasonText: reason.text,
    // Nobody sends it a second time: its run has a key of its own.
    idempotencyKey: commandId,
    inputHash: '',
    undoOf: undoOf ?? null,
    bulkId,
  }))
  await tx.insert(muteCommands).select(
    rowsOf(muteCommands, commands, {
      leaseUntil: inSeconds(leaseSecondsOfMany),
      mayArriveUntil: inSeconds(leaseSecondsOfMany + backEndSeconds),
    }),
  )
  const changes = granted.flatMap((wish) =>
    scopesOf(wish).map((scope) => {
      const state = states.get(keyOf(wish.place, scope))
      return {
        commandId: wish.commandId,
        scope,
        beforeUntil: currentUntil(state, now),
        afterUntil: wish.after[scope] ?? null,
        version: (state?.version ?? 0) + 1,
      }
    }),
  )
  await takeAll(tx, granted)
  await tx.insert(muteChanges).select(rowsOf(muteChanges, changes))
  const changesOf = Map.groupBy(changes, ({ commandId }) => commandId)
  await recordAll(
    tx,
    granted.map(
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
          bulk: bulkId,
          changes: (changesOf.get(commandId) ?? []).map(({ scope, beforeUntil, afterUntil }) => ({
            scope,
            before: beforeUntil,
            after: afterUntil,
          })),
          ...(undoOf ? { undoOf } : {}),
        },
      }),
    ),
  )
  return answers
}

type Wish = PlanOfMany & { commandId: string }

function scopesOf({ after }: PlanOfMany): MuteScope[] {
  return (Object.keys(after) as MuteScope[]).sort()
}

function keyOf({ connection, userId, groupId, topicId }: MutePlace, scope: MuteScope): string {
  return [connection, userId, groupId, topicId, scope].join('\n')
}

/** The wishes' scopes as a table of the statement. */
function wanted(wishes: readonly Wish[]): SQL {
  const rows = wishes.flatMap(({ commandId, place, ...plan }) =>
    scopesOf({ place, ...plan }).map((scope) => ({ command_id: commandId, ...columnsOf(place), scope })),
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

/** The states of all wishes, locked in one order, so that two runs over the same accounts never wait in a circle. */
async function lockStates(tx: Tx, wishes: readonly Wish[]): Promise<Map<string, StateRow>> {
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

function judge(wish: Wish, states: Map<string, StateRow>, now: number): RequestOfMany {
  const at = scopesOf(wish).map((scope) => ({ scope, state: states.get(keyOf(wish.place, scope)) }))
  if (at.some(({ state }) => state?.pendingCommandId)) return 'pending'
  const isAsSeen = at.every(
    ({ scope, state }) =>
      (state?.version ?? 0) === (wish.basis[scope] ?? 0) &&
      driftOf(wish.before[scope] ?? null, currentUntil(state, now), now) === null,
  )
  return isAsSeen ? { commandId: wish.commandId } : 'changed'
}

async function takeAll(tx: Tx, granted: readonly Wish[]): Promise<void> {
  await tx
    .update(muteStates)
    .set({ pendingCommandId: sql`wanted.command_id` })
    .from(wanted(granted))
    .where(isWanted)
}
