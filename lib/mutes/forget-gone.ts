import 'server-only'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Context } from '@/lib/context'
import { muteStates } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { forgetMute } from './forget'
import type { MutePlace } from './place'

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
  await context.db
    .update(muteStates)
    .set({ observedUntil: null, observedRoles: null, observedAt: databaseNow })
    .where(isThere)
  const held = await context.db
    .select()
    .from(muteStates)
    .where(and(isThere, gt(muteStates.until, databaseNow)))
  for (const state of held) await forgetMute(context, state)
}
