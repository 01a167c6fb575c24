import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { currentUntil, observedOf, type StateRow } from './internal'
import { placeOf } from './place'
import { runCommand } from './run'
import type { LiftMuteInput, MuteCommandDto } from './schemas'

/**
 * Ends an account's mutes in the given scopes now. Throws `FORBIDDEN`, `INVALID_INPUT` (field `scopes`) when none of
 * them is muted, and what `runCommand` throws.
 */
export async function liftMute(
  context: Context,
  actor: Actor,
  input: LiftMuteInput,
): Promise<MuteCommandDto> {
  requirePermission(actor, 'mutes:lift')
  return runCommand(context, actor, {
    kind: 'lift',
    place: placeOf(input),
    idempotencyKey: input.idempotencyKey,
    reason: input.reason,
    scopes: input.scopes,
    basis: input.basis,
    input,
    decide(states, now) {
      // Where the provider does not tell, somebody may have been muted elsewhere: lifting that again does no harm.
      const isFree = (state: StateRow | undefined) =>
        observedOf(state) !== undefined && currentUntil(state, now) === null
      if (input.scopes.every((scope) => isFree(states.get(scope))))
        throw new AppError('INVALID_INPUT', { fields: { scopes: 'already_so' } })
      return Object.fromEntries(input.scopes.map((scope) => [scope, null]))
    },
  })
}
