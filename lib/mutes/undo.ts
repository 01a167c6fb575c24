import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { isUntouched } from './dto'
import { driftOf, inForce } from './ends'
import { type ChangeRow, getCommand, observedOf, type StateRow } from './internal'
import { whoAndWhen } from './request'
import { runCommand } from './run'
import type { MuteCommandDto, UndoMuteInput } from './schemas'

/**
 * Restores what held before a command, minus the time that has passed since: ends are absolute, so three hours that
 * were left then end at the same instant now. If anybody changed it since, in this console or elsewhere, it does
 * nothing and throws `MUTE_CHANGED` or `MUTE_PENDING` with who and when. Throws `FORBIDDEN`, `NOT_FOUND`,
 * `NOT_UNDOABLE` (the command never took effect) and what `runCommand` throws.
 */
export async function undoMute(
  context: Context,
  actor: Actor,
  input: UndoMuteInput,
): Promise<MuteCommandDto> {
  requirePermission(actor, 'mutes:lift')
  const { command, changes } = await getCommand(context.db, input.commandId)
  if (changes.some((change) => change.beforeUntil !== null)) requirePermission(actor, 'mutes:apply')
  if (changes.some((change) => change.beforeUntil === 'forever'))
    requirePermission(actor, 'mutes:apply-forever')
  if (command.status !== 'applied') throw new AppError('NOT_UNDOABLE')

  const { connection, userId } = command
  return runCommand(context, actor, {
    kind: 'undo',
    connection,
    userId,
    idempotencyKey: input.idempotencyKey,
    reason: { category: command.reasonCategory, text: command.reasonText },
    undoOf: command.id,
    input,
    async decide(states, now) {
      for (const change of changes) await requireUntouched(context, change, states.get(change.scope), now)
      return {
        after: Object.fromEntries(changes.map((change) => [change.scope, inForce(change.beforeUntil, now)])),
        basis: Object.fromEntries(changes.map((change) => [change.scope, change.version])),
      }
    },
  })
}

async function requireUntouched(
  context: Context,
  change: ChangeRow,
  state: StateRow | undefined,
  now: number,
) {
  if (!isUntouched(change, state)) {
    const first = state?.pendingCommandId ?? state?.commandId
    const details = first ? await whoAndWhen(context.db, first) : {}
    throw new AppError(state?.pendingCommandId ? 'MUTE_PENDING' : 'MUTE_CHANGED', { details })
  }
  const observed = observedOf(state)
  if (observed !== undefined && driftOf(change.afterUntil, observed, now)) throw new AppError('MUTE_CHANGED')
}
