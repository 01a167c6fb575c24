import 'server-only'
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { muteCommands, muteStates } from '@/lib/db/schema'
import { sameEnd } from './ends'
import { type Reading, statesOf } from './internal'
import type { MuteScope, Until } from './schemas'

/**
 * Writes down what the provider said about one account. A reading that was asked for before the ledger's last change
 * or before a reading already noted is dropped; a command whose mutes it confirms becomes verified. The ledger itself
 * (`until`, `version`) never changes here: a difference is drift, for a person to decide. Nothing here changes what
 * holds for anybody, so it needs no audit.
 */
export async function observe(
  db: Db | Tx,
  connection: string,
  userId: string,
  reading: Reading,
): Promise<void> {
  const entries = Object.entries(reading.until) as [MuteScope, Until | null][]
  for (const [scope, until] of entries.sort(([a], [b]) => a.localeCompare(b))) {
    await db
      .insert(muteStates)
      .values({ connection, userId, scope, observedUntil: until, observedAt: reading.askedAt })
      .onConflictDoUpdate({
        target: [muteStates.connection, muteStates.userId, muteStates.scope],
        set: { observedUntil: sql`excluded.observed_until`, observedAt: sql`excluded.observed_at` },
        setWhere: and(
          or(isNull(muteStates.observedAt), lte(muteStates.observedAt, sql`excluded.observed_at`)),
          or(isNull(muteStates.changedAt), lte(muteStates.changedAt, sql`excluded.observed_at`)),
        ),
      })
  }
  await verifyConfirmed(db, connection, userId, reading)
}

async function verifyConfirmed(
  db: Db | Tx,
  connection: string,
  userId: string,
  { askedAt }: Reading,
): Promise<void> {
  const states = [...(await statesOf(db, connection, userId)).values()]
  const commandIds = new Set(states.map((state) => state.commandId).filter((id) => id !== null))
  for (const commandId of commandIds) {
    const own = states.filter((state) => state.commandId === commandId)
    const confirmed = own.every(
      (state) => state.observedAt === askedAt && sameEnd(state.until, state.observedUntil, askedAt),
    )
    if (!confirmed) continue
    await db
      .update(muteCommands)
      .set({ verifiedAt: askedAt })
      .where(
        and(
          eq(muteCommands.id, commandId),
          eq(muteCommands.status, 'applied'),
          isNull(muteCommands.verifiedAt),
        ),
      )
  }
}
