import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { AppError } from '@/lib/errors'
import { resolveEnd, sameEnd } from './ends'
import { asAppError, currentUntil, interactive } from './internal'
import { placeOf } from './place'
import { requireTimedEveryone } from './possible'
import { maxMuteSeconds } from './rules'
import { runCommand } from './run'
import type { ApplyMuteInput, MuteCommandDto, Until } from './schemas'

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
  const place = placeOf(input)
  return runCommand(context, actor, {
    kind: 'mute',
    place,
    idempotencyKey: input.idempotencyKey,
    reason: input.reason,
    scopes: input.scopes,
    basis: input.basis,
    input,
    async decide(states, now) {
      if (place.userId === '' && until !== 'forever')
        await requireTimedEveryone(context, place, interactive()).catch((error: unknown) => {
          throw asAppError(error)
        })
      if (input.scopes.every((scope) => sameEnd(currentUntil(states.get(scope), now), until, now)))
        throw new AppError('INVALID_INPUT', { fields: { end: 'already_so' } })
      return Object.fromEntries(input.scopes.map((scope) => [scope, until]))
    },
  })
}

function requireFutureEnd(until: Until, now: number): Until {
  if (until === 'forever') return until
  if (until <= now) throw new AppError('INVALID_INPUT', { fields: { end: 'in_past' } })
  if (until > now + maxMuteSeconds * 1000)
    throw new AppError('INVALID_INPUT', { fields: { end: 'beyond_maximum' } })
  return until
}
