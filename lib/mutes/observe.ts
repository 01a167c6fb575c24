import 'server-only'
import { and, eq, isNull, lte, ne, notExists, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { muteCommands, muteStates } from '@/lib/db/schema'
import { sameEnd } from './ends'
import type { MutePlace, Reading } from './place'
import type { MuteScope, Until } from './schemas'

/**
 * Writes down what the provider said about one account, or about everybody in a group. A reading that was asked for
 * before the ledger's last change or before a reading already noted is dropped; a command whose mutes it confirms
 * becomes verified. The ledger itself (`until`, `version`) never changes here: a difference is drift, for a person to
 * decide. Nothing here changes what holds for anybody, so it needs no audit.
 */
export async function observe(
  db: Db | Tx,
  { connection, userId, groupId, topicId }: MutePlace,
  { askedAt, until }: Reading,
): Promise<void> {
  const seen = (Object.entries(until) as [MuteScope, Until | null][])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([scope, observedUntil]) => ({
      connection,
      userId,
      groupId,
      topicId,
      scope,
      observedUntil,
      observedAt: askedAt,
    }))
  if (seen.length === 0) return
  const noted = await db
    .insert(muteStates)
    .values(seen)
    .onConflictDoUpdate({
      target: [
        muteStates.connection,
        muteStates.userId,
        muteStates.groupId,
        muteStates.topicId,
        muteStates.scope,
      ],
      set: { observedUntil: sql`excluded.observed_until`, observedAt: sql`excluded.observed_at` },
      setWhere: and(
        or(isNull(muteStates.observedAt), lte(muteStates.observedAt, sql`excluded.observed_at`)),
        or(isNull(muteStates.changedAt), lte(muteStates.changedAt, sql`excluded.observed_at`)),
      ),
    })
    .returning({
      commandId: muteStates.commandId,
      until: muteStates.until,
      observedUntil: muteStates.observedUntil,
      isUnverified: sql<boolean>`exists (select from ${muteCommands}
        where ${muteCommands.id} = ${muteStates.commandId} and ${unverified})`,
    })
  for (const [commandId, states] of Map.groupBy(noted, (state) => state.commandId)) {
    const isConfirmed = states.every((state) => sameEnd(state.until, state.observedUntil, askedAt))
    if (commandId !== null && isConfirmed && states[0]?.isUnverified) await verify(db, commandId, askedAt)
  }
}

const unverified = and(eq(muteCommands.status, 'applied'), isNull(muteCommands.verifiedAt))

/** Unless the reading did not speak of one of the command's scopes. */
async function verify(db: Db | Tx, commandId: string, askedAt: number): Promise<void> {
  const unread = db
    .select({ scope: muteStates.scope })
    .from(muteStates)
    .where(
      and(
        eq(muteStates.commandId, commandId),
        or(isNull(muteStates.observedAt), ne(muteStates.observedAt, askedAt)),
      ),
    )
  await db
    .update(muteCommands)
    .set({ verifiedAt: askedAt })
    .where(and(eq(muteCommands.id, commandId), unverified, notExists(unread)))
}
