import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { muteCommands, muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import {
  type Attempt,
  arrivalOfCutCall,
  type ChangeRow,
  type CommandRow,
  changesOf,
  isStill,
  plainChanges,
} from './internal'
import { auditPlace, groupOf, statesAt } from './place'
import type { MuteFailure } from './schemas'

export type Outcome =
  /** `heldUntil`: where the provider does not hold the mute to its end, until when it surely does */
  { status: 'applied'; heldUntil?: number | null } | { status: 'rejected' | 'unknown'; failure: MuteFailure }

/**
 * The second transaction of every mute command: writes its outcome, moves the ledger when it was applied, frees the
 * scopes unless the outcome is unknown, and records it. A command that already has its outcome is left alone: of the
 * process that called and the settling job, the first one counts. So is one that has been sent again since `attempt`.
 * `at` is when the provider answered, epoch ms. Returns whether this call decided.
 */
export async function concludeCommand(
  db: Db,
  attempt: Attempt,
  outcome: Outcome,
  author: { actorId: string | null; actorName: string },
  at: number,
): Promise<boolean> {
  const { commandId } = attempt
  return db.transaction(async (tx) => {
    const open = outcome.status === 'unknown' ? (['requested'] as const) : (['requested', 'unknown'] as const)
    const [command] = await tx
      .update(muteCommands)
      .set({
        status: outcome.status,
        failure: outcome.status === 'applied' ? null : outcome.failure,
        // An unknown outcome may be read back at once.
        ...(outcome.status === 'unknown'
          ? { leaseUntil: databaseNow, mayArriveUntil: arrivalOfCutCall }
          : { settledAt: databaseNow }),
      })
      .where(and(isStill(attempt), inArray(muteCommands.status, [...open])))
      .returning()
    if (!command) return false

    const changes = (await changesOf(tx, [commandId])).get(commandId) ?? []
    if (outcome.status !== 'unknown') {
      for (const change of inLockOrder(changes)) {
        const moved = outcome.status === 'applied' ? ledgerAfter(command, change, outcome, at) : {}
        await tx
          .update(muteStates)
          .set({ ...moved, pendingCommandId: null })
          .where(
            and(
              statesAt(command),
              eq(muteStates.scope, change.scope),
              eq(muteStates.pendingCommandId, commandId),
            ),
          )
      }
    }
    const shared = { ...author, ...auditPlace(command), commandId }
    const data = { ...groupOf(command), kind: command.kind, changes: plainChanges(changes) }
    await (outcome.status === 'applied'
      ? record(tx, { ...shared, type: 'mute.applied', data })
      : record(tx, {
          ...shared,
          type: `mute.${outcome.status}`,
          data: { ...data, failure: outcome.failure },
        }))
    return true
  })
}

/** A mute that was renewed stays what it was, with its author: only how long the provider holds it is new. */
function ledgerAfter(
  { id, kind }: CommandRow,
  { afterUntil, afterRoles, version }: ChangeRow,
  { heldUntil = null }: Extract<Outcome, { status: 'applied' }>,
  at: number,
) {
  // Of everybody's mute and that of roles, which replace each other, the one that is not set is not held.
  const isSet = afterUntil !== null
  if (kind === 'renew') return { ...(isSet && { heldUntil, renewalId: id }), changedAt: at }
  return {
    until: afterUntil,
    roles: afterRoles,
    commandId: id,
    version,
    heldUntil: isSet ? heldUntil : null,
    renewalId: null,
    changedAt: at,
  }
}

/** As `takeScope` and `observe` lock an account's scopes, so that none of them waits for another in a circle. */
function inLockOrder(changes: readonly ChangeRow[]): ChangeRow[] {
  return [...changes].sort((a, b) => (a.scope < b.scope ? -1 : 1))
}
