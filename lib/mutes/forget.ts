import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import type { StateRow } from './internal'
import { auditPlace, groupOf, placeOf, statesAt } from './place'

/**
 * With a group its mutes are gone, and with a member theirs: the ledger follows, and nothing is sent. Does nothing when
 * the state moved on meanwhile.
 */
export async function forgetMute({ db, clock }: Context, state: StateRow): Promise<void> {
  const place = placeOf(state)
  await db.transaction(async (tx) => {
    const [forgotten] = await tx
      .update(muteStates)
      .set({
        until: null,
        roles: null,
        commandId: null,
        heldUntil: null,
        renewalId: null,
        version: state.version + 1,
        changedAt: clock.now(),
      })
      .where(
        and(
          statesAt(place),
          eq(muteStates.scope, state.scope),
          eq(muteStates.version, state.version),
          isNull(muteStates.pendingCommandId),
        ),
      )
      .returning({ version: muteStates.version })
    if (!forgotten) return
    await record(tx, {
      type: 'mute.drift_accepted',
      actorId: null,
      actorName: 'system',
      ...auditPlace(place),
      data: {
        ...groupOf(place),
        scope: state.scope,
        drift: 'lifted_outside',
        ledger: state.until,
        provider: null,
        ...(state.scope === 'roles' && { ledgerRoles: state.roles, providerRoles: null }),
      },
    })
  })
}
