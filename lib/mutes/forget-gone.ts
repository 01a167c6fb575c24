import 'server-only'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import type { StateRow } from './internal'
import { auditPlace, groupOf, type MutePlace, placeOf, statesAt } from './place'

/** With a group, or a topic, all mutes in it are gone: the ledger follows, with a word in the audit; nothing is sent. */
export async function forgetGone(
  context: Context,
  { connection, groupId, topicId }: Pick<MutePlace, 'connection' | 'groupId' | 'topicId'>,
): Promise<void> {
  const isThere = and(
    eq(muteStates.connection, connection),
    eq(muteStates.groupId, groupId),
    topicId === '' ? undefined : eq(muteStates.topicId, topicId),
    isNull(muteStates.pendingCommandId),
  )
  await context.db.update(muteStates).set({ observedUntil: null, observedAt: databaseNow }).where(isThere)
  const held = await context.db
    .select()
    .from(muteStates)
    .where(and(isThere, gt(muteStates.until, databaseNow)))
  for (const state of held) await forgetState(context, state)
}

/** The same for one scope of one place, unless the ledger has moved on since `state` was read. */
export async function forgetState({ db }: Context, state: StateRow): Promise<void> {
  const place = placeOf(state)
  await db.transaction(async (tx) => {
    const [forgotten] = await tx
      .update(muteStates)
      .set({ until: null, commandId: null, version: state.version + 1, changedAt: databaseNow })
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
      },
    })
  })
}
