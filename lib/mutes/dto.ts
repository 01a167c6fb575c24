import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import type { Context } from '@/lib/context'
import { parseFailure } from './failure'
import {
  type ChangeRow,
  type CommandRow,
  getCommand,
  plainChanges,
  type StateRow,
  statesOf,
} from './internal'
import type { CommandKind, MuteCommandDto, MuteScope } from './schemas'

/** One command as its account's history shows it to this actor. */
export async function commandDto(
  context: Context,
  actor: Pick<Actor, 'id'>,
  id: string,
): Promise<MuteCommandDto> {
  const { command, actorName, changes } = await getCommand(context.db, id)
  const states = await statesOf(context.db, command)
  return toDto(actor, { command, actorName, changes }, states)
}

export function toDto(
  actor: Pick<Actor, 'id'>,
  { command, actorName, changes }: { command: CommandRow; actorName: string; changes: ChangeRow[] },
  states: Map<MuteScope, StateRow>,
): MuteCommandDto {
  const { id, kind, status, connection, userId, undoOf, bulkId, requestedAt, settledAt, verifiedAt } = command
  return {
    id,
    kind,
    status,
    connection,
    userId,
    groupId: command.groupId || null,
    topicId: command.topicId || null,
    actorName,
    mine: command.actorId === actor.id,
    reason: { category: command.reasonCategory, text: command.reasonText },
    changes: plainChanges(changes),
    undoOf,
    bulkId,
    requestedAt,
    settledAt,
    verifiedAt,
    failure: parseFailure(command.failure),
    canUndo:
      status === 'applied' &&
      !isOfConsole(kind) &&
      changes.every((change) => isUntouched(change, states.get(change.scope))),
  }
}

/** Whether the console gave such a command by itself: what stood before is over, or is what stands now. */
export function isOfConsole(kind: CommandKind): boolean {
  return kind === 'expire' || kind === 'renew'
}

/** Whether the ledger still stands where this change put it. */
export function isUntouched(change: ChangeRow, state: StateRow | undefined): boolean {
  return (
    state?.commandId === change.commandId &&
    state.version === change.version &&
    state.pendingCommandId === null
  )
}
