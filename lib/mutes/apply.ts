import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { resolveEnd, sameEnd } from './ends'
import { currentUntil } from './internal'
import { placeOf } from './place'
import { requireFutureEnd } from './possible'
import { runCommand } from './run'
import type { ApplyMuteInput, MuteCommandDto } from './schemas'

/**
 * Mutes an account in the given scopes until an absolute end, replacing whatever mute holds there. A duration counts
 * from now by this server's clock. Throws `FORBIDDEN`, `INVALID_INPUT` (field `end`) and what `runCommand` throws.
 */
export async function applyMute(
  context: Context,
  actor: Actor,
  input: ApplyMuteInput,
): Promise<MuteCommandDto> {
  requirePermission(actor, 'mutes:apply')
  if (input.end.kind === 'forever') requirePermission(actor, 'mutes:apply-forever')
  const until = requireFutureEnd(resolveEnd(input.end, context.clock.now()), context.clock.now())
  const command = await runCommand(context, actor, {
    kind: 'mute',
    place: placeOf(input),
    idempotencyKey: input.idempotencyKey,
    reason: input.reason,
    scopes: input.scopes,
    basis: input.basis,
    input,
    decide(states, now) {
      if (input.scopes.every((scope) => sameEnd(currentUntil(states.get(scope), now), until, now)))
        throw new AppError('INVALID_INPUT', { fields: { end: 'already_so' } })
      return Object.fromEntries(input.scopes.map((scope) => [scope, until]))
    },
  })
  // So that a mute of everybody ends on time where the provider does not end it; the handler's own minute is the net.
  if (input.scopes.includes('everyone') && typeof until === 'number')
    await wake(
      'expire-mutes',
      Math.ceil((until - context.clock.now()) / 1000),
      `at ${Math.ceil(until / 1000)}`,
    )
  return command
}
