import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { driftOf } from './ends'
import { observedOf } from './internal'
import { auditPlace, groupOf, placeOf, statesAt } from './place'
import { whoAndWhen } from './request'
import type { AcceptDriftInput } from './schemas'

/**
 * Takes over into the ledger what the provider said last, after it was changed outside this console. Nothing is sent.
 * Throws `FORBIDDEN`, and `MUTE_CHANGED` when the state moved on or there is no difference any more.
 */
export async function acceptDrift(context: Context, actor: Actor, input: AcceptDriftInput): Promise<void> {
  requirePermission(actor, 'mutes:apply')
  const now = context.clock.now()
  const { scope } = input
  const place = placeOf(input)
  const here = and(statesAt(place), eq(muteStates.scope, scope))
  await context.db.transaction(async (tx) => {
    const [state] = await tx.select().from(muteStates).where(here).for('update')
    const observed = observedOf(state)
    const drift = state && observed !== undefined ? driftOf(state.until, observed, now) : null
    if (!state || observed === undefined || !drift) throw new AppError('MUTE_CHANGED')
    const [accepted] = await tx
      .update(muteStates)
      .set({
        until: observed,
        commandId: null,
        heldUntil: null,
        renewalId: null,
        version: state.version + 1,
        changedAt: state.observedAt,
      })
      .where(and(here, eq(muteStates.version, input.version), isNull(muteStates.pendingCommandId)))
      .returning({ version: muteStates.version })
    if (!accepted)
      throw new AppError('MUTE_CHANGED', {
        details: state.commandId ? await whoAndWhen(tx, state.commandId) : {},
      })
    await record(tx, {
      type: 'mute.drift_accepted',
      actorId: actor.id,
      actorName: actor.name,
      ...auditPlace(place),
      data: { ...groupOf(place), scope, drift, ledger: state.until, provider: observed },
    })
  })
}
