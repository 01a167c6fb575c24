import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { wake } from '@/lib/jobs/boss'
import { resolveEnd } from './ends'
import { sameHeld } from './held'
import { currentUntil, type StateRow } from './internal'
import { placeOf } from './place'
import { requireFutureEnd } from './possible'
import { inRoleOrder } from './role-rules'
import { runCommand } from './run'
import type { ApplyMuteInput, MuteCommandDto } from './schemas'

/**
 * Mutes an account in the given scopes until an absolute end, replacing whatever mute holds there. A duration counts
 * from now by this server's clock. A mute of roles replaces their list and a mute of everybody, and the other way round.
 * Throws `FORBIDDEN`, `INVALID_INPUT` (field `end`) and what `runCommand` throws.
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
    ...(input.roles && { roles: input.roles }),
    input,
    decide(states, now) {
      const wish = { until, roles: input.roles ? inRoleOrder(input.roles) : null }
      const isSo = (state: StateRow | undefined) =>
        sameHeld({ until: currentUntil(state, now), roles: state?.holdsRoles ?? null }, wish, now)
      if (input.scopes.every((scope) => isSo(states.get(scope))))
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
