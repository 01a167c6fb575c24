import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import type { Tx } from '@/lib/db'
import { muteStates } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { groupWideScopes } from './group-wide'
import type { StateRow } from './internal'
import { auditPlace, groupOf, placeOf, statesAt } from './place'
import { whoAndWhen } from './request'
import type { AcceptDriftInput } from './schemas'
import { driftOfState } from './state-drift'

/**
 * Takes over into the ledger what the provider said last, after it was changed outside this console. Nothing is sent. Of a
 * whole group everybody's mute and that of roles are taken over together: at the provider they are one.
 * Throws `FORBIDDEN`, and `MUTE_CHANGED` when the state moved on or there is no difference any more.
 */
export async function acceptDrift(context: Context, actor: Actor, input: AcceptDriftInput): Promise<void> {
  requirePermission(actor, 'mutes:apply')
  const now = context.clock.now()
  const { scope, version } = input
  const place = placeOf(input)
  const scopes = place.userId === '' ? groupWideScopes(context, place) : [scope]
  await context.db.transaction(async (tx) => {
    const states = await tx
      .select()
      .from(muteStates)
      .where(and(statesAt(place), inArray(muteStates.scope, [...scopes])))
      // As commands take them.
      .orderBy(muteStates.scope)
      .for('update')
    const named = states.find((state) => state.scope === scope)
    if (!named || !driftOfState(named, now)) throw new AppError('MUTE_CHANGED')
    if (named.version !== version || states.some(({ pendingCommandId }) => pendingCommandId !== null))
      throw new AppError('MUTE_CHANGED', {
        details: named.commandId ? await whoAndWhen(tx, named.commandId) : {},
      })
    for (const state of states) await takeOver(tx, actor, state, now)
  })
}

/** The row is locked. */
async function takeOver(tx: Tx, actor: Actor, state: StateRow, now: number): Promise<void> {
  const drift = driftOfState(state, now)
  if (!drift) return
  const { connection, userId, groupId, topicId, scope, until, roles, observedUntil, observedRoles } = state
  const place = { connection, userId, groupId, topicId }
  await tx
    .update(muteStates)
    .set({
      until: observedUntil,
      roles: observedRoles,
      commandId: null,
      heldUntil: null,
      renewalId: null,
      version: state.version + 1,
      changedAt: state.observedAt,
    })
    .where(and(statesAt(place), eq(muteStates.scope, scope)))
  await record(tx, {
    type: 'mute.drift_accepted',
    actorId: actor.id,
    actorName: actor.name,
    ...auditPlace(place),
    data: {
      ...groupOf(place),
      scope,
      drift,
      ledger: until,
      provider: observedUntil,
      ...(scope === 'roles' && { ledgerRoles: roles, providerRoles: observedRoles }),
    },
  })
}
