import 'server-only'
import { and, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Db, Tx } from '@/lib/db'
import { recordsOf } from '@/lib/db/rows'
import { muteCommands, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import {
  type Attempt,
  arrivalOfCutCall,
  type ChangeRow,
  type CommandRow,
  changesOf,
  lockOrder,
  plainChanges,
  type StateRow,
} from './internal'
import { auditPlace, groupOf } from './place'
import type { MuteFailure } from './schemas'

export type Outcome =
  /** `heldUntil`: where the provider does not hold the mute to its end, until when it surely does */
  { status: 'applied'; heldUntil?: number | null } | { status: 'rejected' | 'unknown'; failure: MuteFailure }

/** How one sending ended; `at` is when the provider answered, epoch ms. */
export type OutcomeOfMany = { attempt: Attempt; outcome: Outcome; at: number }

/**
 * The second transaction of mute commands, in as many round trips for many as for one: writes their outcomes, moves the
 * ledger of those that were applied, frees the scopes unless the outcome is unknown, and records each. A command that has
 * its outcome already is left alone: of the process that called and the settling job, the first one counts. So is one
 * that has been sent again since its attempt. Returns the ids that this call decided.
 */
export async function concludeMany(
  db: Db,
  outcomes: readonly OutcomeOfMany[],
  author: { actorId: string | null; actorName: string },
): Promise<Set<string>> {
  if (outcomes.length === 0) return new Set()
  return db.transaction(async (tx) => {
    const decided = await writeOutcomes(tx, outcomes)
    if (decided.length === 0) return new Set<string>()
    const ids = decided.map(({ id }) => id)
    const changes = await changesOf(tx, ids)
    await moveStates(tx, movesOf(decided, changes, outcomes))
    const outcomeOf = new Map(outcomes.map(({ attempt, outcome }) => [attempt.commandId, outcome]))
    await recordAll(
      tx,
      decided.map((command): AuditEvent => {
        const shared = { ...author, ...auditPlace(command), commandId: command.id }
        const plain = plainChanges(changes.get(command.id) ?? [])
        const data = { ...groupOf(command), kind: command.kind, changes: plain }
        const outcome = outcomeOf.get(command.id) ?? { status: 'applied' }
        return outcome.status === 'applied'
          ? { ...shared, type: 'mute.applied', data }
          : { ...shared, type: `mute.${outcome.status}`, data: { ...data, failure: outcome.failure } }
      }),
    )
    return new Set(ids)
  })
}

async function writeOutcomes(tx: Tx, outcomes: readonly OutcomeOfMany[]): Promise<CommandRow[]> {
  const isUnknown = sql`told.status = 'unknown'`
  return tx
    .update(muteCommands)
    .set({
      status: sql`told.status`,
      failure: sql`told.failure`,
      // An unknown outcome may be read back at once.
      leaseUntil: sql`case when ${isUnknown} then ${databaseNow} else ${muteCommands.leaseUntil} end`,
      mayArriveUntil: sql`case when ${isUnknown} then ${arrivalOfCutCall} else ${muteCommands.mayArriveUntil} end`,
      settledAt: sql`case when ${isUnknown} then null else ${databaseNow} end`,
    })
    .from(toldBy(outcomes))
    .where(
      and(
        sql`${muteCommands.id} = told.id and ${muteCommands.attempts} = told.attempts`,
        inArray(muteCommands.status, ['requested', 'unknown']),
        sql`(not ${isUnknown} or ${muteCommands.status} = 'requested')`,
      ),
    )
    .returning(getTableColumns(muteCommands))
}

/** The outcomes as a table of the statement. */
function toldBy(outcomes: readonly OutcomeOfMany[]): SQL {
  const { id, attempts, status, failure } = muteCommands
  const rows = outcomes.map(({ attempt, outcome }) => ({
    id: attempt.commandId,
    attempts: attempt.attempts,
    status: outcome.status,
    failure: outcome.status === 'applied' ? null : outcome.failure,
  }))
  return recordsOf('told', { id, attempts, status, failure }, rows)
}

/**
 * Where a state goes when its command is over. With a `commandId` to what was asked for; with a `renewalId` it stays what
 * it is, and is only held longer; `changedAt` null: nothing was applied. In every case it is free again.
 */
type Move = Pick<
  StateRow,
  | 'connection'
  | 'userId'
  | 'groupId'
  | 'topicId'
  | 'scope'
  | 'pendingCommandId'
  | 'commandId'
  | 'until'
  | 'roles'
  | 'version'
  | 'heldUntil'
  | 'renewalId'
  | 'changedAt'
>

function movesOf(
  decided: readonly CommandRow[],
  changes: ReadonlyMap<string, ChangeRow[]>,
  outcomes: readonly OutcomeOfMany[],
): Move[] {
  const told = new Map(outcomes.map(({ attempt, outcome, at }) => [attempt.commandId, { outcome, at }]))
  return decided.flatMap(({ id, kind, connection, userId, groupId, topicId }) => {
    const { outcome, at } = told.get(id) ?? {}
    if (!outcome || outcome.status === 'unknown') return []
    const isApplied = outcome.status === 'applied'
    const heldUntil = (isApplied ? outcome.heldUntil : null) ?? null
    return (changes.get(id) ?? []).map(({ scope, afterUntil, afterRoles, version }) => {
      // Of everybody's mute and that of roles, which replace each other, the one that is not set is not held.
      const isHeld = isApplied && afterUntil !== null
      return {
        ...{ connection, userId, groupId, topicId, scope },
        pendingCommandId: id,
        commandId: isApplied && kind !== 'renew' ? id : null,
        until: afterUntil,
        roles: afterRoles,
        version,
        heldUntil: isHeld ? heldUntil : null,
        renewalId: isHeld && kind === 'renew' ? id : null,
        changedAt: isApplied ? (at ?? null) : null,
      }
    })
  })
}

async function moveStates(tx: Tx, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  const { connection, userId, groupId, topicId, scope, pendingCommandId } = muteStates
  const { commandId, until, roles, version, heldUntil, renewalId, changedAt } = muteStates
  const key = { connection, userId, groupId, topicId, scope, pendingCommandId }
  // By the whole key, which is found in the index however many rows the planner takes these tables for.
  const isOfMove = and(
    ...Object.values(key).map((column) => sql`${column} = move.${sql.identifier(column.name)}`),
  )
  // In the order in which commands take them, so that nobody waits for another in a circle.
  if (moves.length > 1)
    await tx
      .select({ scope })
      .from(muteStates)
      .where(sql`exists (select from ${recordsOf('move', key, moves)} where ${isOfMove})`)
      .orderBy(...lockOrder)
      .for('update')
  const ifGiven = (given: SQL, column: PgColumn) =>
    sql`case when ${given} then move.${sql.identifier(column.name)} else ${column} end`
  const isSet = sql`move.command_id is not null`
  const isHeldAnew = sql`move.command_id is not null or move.renewal_id is not null`
  await tx
    .update(muteStates)
    .set({
      until: ifGiven(isSet, until),
      roles: ifGiven(isSet, roles),
      commandId: ifGiven(isSet, commandId),
      version: ifGiven(isSet, version),
      heldUntil: ifGiven(isHeldAnew, heldUntil),
      renewalId: ifGiven(isHeldAnew, renewalId),
      changedAt: ifGiven(sql`move.changed_at is not null`, changedAt),
      pendingCommandId: null,
    })
    .from(
      recordsOf('move', { ...key, commandId, until, roles, version, heldUntil, renewalId, changedAt }, moves),
    )
    .where(isOfMove)
}
