import 'server-only'
import { eq } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { muteCommands } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { inForce } from './ends'
import { statesOf } from './internal'
import { placeOf } from './place'
import { runCommand } from './run'
import type { MuteCommandDto, ReapplyMuteInput, Reason } from './schemas'
import { driftOfState } from './state-drift'

/**
 * Sets at the provider again what the ledger says, after it was changed outside this console. The reason is that of
 * the command behind the ledger. Throws `FORBIDDEN`, `MUTE_CHANGED` when there is no such difference any more, and
 * what `runCommand` throws.
 */
export async function reapplyMute(
  context: Context,
  actor: Actor,
  input: ReapplyMuteInput,
): Promise<MuteCommandDto> {
  requirePermission(actor, 'mutes:apply')
  requirePermission(actor, 'mutes:lift')
  const place = placeOf(input)
  const states = await statesOf(context.db, place)
  if (states.get(input.scope)?.until === 'forever') requirePermission(actor, 'mutes:apply-forever')
  return runCommand(context, actor, {
    kind: 'reapply',
    place,
    idempotencyKey: input.idempotencyKey,
    reason: await reasonOf(context, states.get(input.scope)?.commandId ?? null),
    scopes: [input.scope],
    basis: input.basis,
    input,
    decide(fresh, now) {
      const state = fresh.get(input.scope)
      if (!driftOfState(state, now)) throw new AppError('MUTE_CHANGED')
      const until = inForce(state?.until ?? null, now)
      // Where a mute of roles stands in place of everybody's, or the other way round, lifting it alone would lift both.
      const wanted =
        until === null && place.userId === ''
          ? [...fresh].map(([scope, ledger]) => [scope, inForce(ledger.until, now)] as const)
          : [[input.scope, until] as const]
      if (wanted.some(([, end]) => end === 'forever')) requirePermission(actor, 'mutes:apply-forever')
      return Object.fromEntries(wanted)
    },
  })
}

async function reasonOf(context: Context, commandId: string | null): Promise<Reason> {
  const [command] = commandId
    ? await context.db.select().from(muteCommands).where(eq(muteCommands.id, commandId))
    : []
  return command
    ? { category: command.reasonCategory, text: command.reasonText }
    : { category: 'other', text: '–' }
}
