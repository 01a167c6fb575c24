import 'server-only'
import { and, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm'
import type { AuditEvent } from '@/lib/audit/events'
import { recordAll } from '@/lib/audit/record'
import type { Db, Tx } from '@/lib/db'
import { muteChanges, muteCommands, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import type { Outcome } from './conclude'
import {
  type Attempt,
  arrivalOfCutCall,
  type CommandRow,
  changesOf,
  lockOrder,
  plainChanges,
} from './internal'
import { auditPlace, groupOf } from './place'

/** How one sending ended; `at` is when the provider answered, epoch ms. */
export type OutcomeOfMany = { attempt: Attempt; outcome: Outcome; at: number }

/**
 * `concludeCommand` for many commands in one transaction, in as many round trips as for one: writes their outcomes, moves
 * the ledger of those that were applied, frees the scopes unless the outcome is unknown, and records each. A command that
 * has its outcome already, or has been sent again since its attempt, is left alone. Returns the ids that this call
 * decided.
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
    await moveStates(tx, decided, outcomes)
    const changes = await changesOf(tx, ids)
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
  const rows = outcomes.map(({ attempt, outcome, at }) => ({
    id: attempt.commandId,
    attempts: attempt.attempts,
    status: outcome.status,
    failure: outcome.status === 'applied' ? null : outcome.failure,
    at: new Date(at).toISOString(),
    held_until:
      outcome.status === 'applied' && outcome.heldUntil != null
        ? new Date(outcome.heldUntil).toISOString()
        : null,
  }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told (id uuid, attempts int, status text,
    failure jsonb, at timestamptz, held_until timestamptz)`
}

/** In the order of `requestMany`, so that nobody waits for another in a circle. */
async function moveStates(
  tx: Tx,
  decided: readonly CommandRow[],
  outcomes: readonly OutcomeOfMany[],
): Promise<void> {
  const over = decided.filter(({ status }) => status !== 'unknown').map(({ id }) => id)
  if (over.length === 0) return
  const isOfThese = sql`${muteStates.connection} = command.connection and ${muteStates.userId} = command.user_id
    and ${muteStates.groupId} = command.group_id and ${muteStates.topicId} = command.topic_id
    and ${muteStates.scope} = change.scope and ${muteStates.pendingCommandId} = command.id`
  const these = sql`${muteCommands} as command join ${muteChanges} as change on change.command_id = command.id`
  const isOver = inArray(sql`command.id`, over)
  await tx
    .select({ scope: muteStates.scope })
    .from(muteStates)
    .where(sql`exists (select from ${these} where ${isOver} and ${isOfThese})`)
    .orderBy(...lockOrder)
    .for('update')
  const isApplied = sql`command.status = 'applied'`
  const ifApplied = (value: SQL, otherwise: unknown) =>
    sql`case when ${isApplied} then ${value} else ${otherwise} end`
  await tx
    .update(muteStates)
    .set({
      until: ifApplied(sql`change.after_until`, muteStates.until),
      commandId: ifApplied(sql`command.id`, muteStates.commandId),
      version: ifApplied(sql`change.version`, muteStates.version),
      heldUntil: ifApplied(sql`told.held_until`, muteStates.heldUntil),
      renewalId: ifApplied(sql`null::uuid`, muteStates.renewalId),
      changedAt: ifApplied(sql`told.at`, muteStates.changedAt),
      pendingCommandId: null,
    })
    .from(sql`${toldBy(outcomes)} join ${these} on command.id = told.id`)
    .where(and(isOver, isOfThese))
}
