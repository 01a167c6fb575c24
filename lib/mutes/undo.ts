import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { isOfConsole, isUntouched } from './dto'
import { inForce } from './ends'
import { type ChangeRow, getCommand, type StateRow } from './internal'
import { placeOf } from './place'
import { runCommand } from './run'
import type { MuteCommandDto, UndoMuteInput } from './schemas'
import { driftOfState } from './state-drift'

/**
 * Restores what held before a command, minus the time that has passed since: ends are absolute, so three hours that
 * were left then end at the same instant now. If anybody changed it since, in this console or elsewhere, it does
 * nothing and throws `MUTE_CHANGED` or `MUTE_PENDING` with who and when. Throws `FORBIDDEN`, `NOT_FOUND`,
 * `NOT_UNDOABLE` (the command never took effect, or the console gave it by itself) and what `runCommand` throws.
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
  if (command.status !== 'applied' || isOfConsole(command.kind)) throw new AppError('NOT_UNDOABLE')

  const mutedRoles = changes.find(({ scope }) => scope === 'roles')?.beforeRoles
  return runCommand(context, actor, {
    kind: 'undo',
    ...(mutedRoles && { roles: mutedRoles }),
    place: placeOf(command),
    idempotencyKey: input.idempotencyKey,
    reason: { category: command.reasonCategory, text: command.reasonText },
    undoOf: command.id,
    input,
    scopes: changes.map((change) => change.scope),
    basis: Object.fromEntries(changes.map((change) => [change.scope, change.version])),
    decide(states, now) {
      for (const change of changes) requireUntouched(change, states.get(change.scope), now)
      return Object.fromEntries(changes.map((change) => [change.scope, inForce(change.beforeUntil, now)]))
    },
  })
}

/**
 * Beyond the version, which is checked for every command: nothing was accepted from outside and nothing differs there
 * now.
 */
function requireUntouched(change: ChangeRow, state: StateRow | undefined, now: number): void {
  if (driftOfState(state, now) || !isUntouched(change, state)) throw new AppError('MUTE_CHANGED')
}
