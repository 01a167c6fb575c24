import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { currentUntil } from './internal'
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
      if (input.scopes.every((scope) => currentUntil(states.get(scope), now) === null))
        throw new AppError('INVALID_INPUT', { fields: { scopes: 'already_so' } })
      return Object.fromEntries(input.scopes.map((scope) => [scope, null]))
    },
  })
}
