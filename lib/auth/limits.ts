import 'server-only'
import { eq, inArray, lt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { inboundLimits } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'

/** So many uses of `key` in a window that begins with the first of them. */
export type InboundLimit = { key: string; points: number; windowSeconds: number }
export type LimitAnswer = {
  allowed: boolean
  /** seconds until the window ends, at least 1; 0 when allowed */
  retryAfterSeconds: number
  /** the first refusal of this window: the one to put on record, so that a flood cannot fill the audit */
  isFirstRefusal: boolean
}

const sweepAfterSeconds = 60 * 60
const sweepAtOnce = 20

/**
 * Takes one use of a limit that all instances share, by the database's clock. A refused use does not lengthen the
 * window. Fails closed: if the database cannot answer, this throws and the caller does nothing.
 */
export async function consumeLimit(db: Db, limit: InboundLimit): Promise<LimitAnswer> {
  return (await takeOfLimit(db, limit, 1)).answer
}

/**
 * The same for `count` uses at once: as many of them are within the limit as it had left (`usedBefore`), and the answer is
 * of the first one. `remainingMs`: until the window ends.
 */
export async function takeOfLimit(
  db: Db,
  limit: InboundLimit,
  count: number,
): Promise<{ answer: LimitAnswer; usedBefore: number; remainingMs: number }> {
  const windowLength = seconds(limit.windowSeconds)
  // One reading of the clock for the whole statement: the one that made the row which was to be inserted.
  const now = sql`excluded.ends_at - ${windowLength}`
  const hasEnded = sql`${inboundLimits.endsAt} <= ${now}`
  const [row] = await db
    .insert(inboundLimits)
    .values({ key: limit.key, used: count, endsAt: sql`${databaseNow} + ${windowLength}` })
    .onConflictDoUpdate({
      target: inboundLimits.key,
      set: {
        used: sql`case when ${hasEnded} then ${count}::int else ${inboundLimits.used} + ${count}::int end`,
        endsAt: sql`case when ${hasEnded} then excluded.ends_at else ${inboundLimits.endsAt} end`,
      },
    })
    .returning({
      used: inboundLimits.used,
      remainingMs: sql<number>`(extract(epoch from ${inboundLimits.endsAt} - ${databaseNow}) * 1000)::int`,
    })
  if (!row) throw new Error('the limit gave no answer')
  const usedBefore = row.used - count
  if (usedBefore === 0) await sweep(db)
  const allowed = usedBefore < limit.points
  return {
    usedBefore,
    remainingMs: row.remainingMs,
    answer: {
      allowed,
      retryAfterSeconds: allowed ? 0 : Math.max(Math.ceil(row.remainingMs / 1_000), 1),
      isFirstRefusal: !allowed && usedBefore < limit.points + count,
    },
  }
}

/** Gives one use back, for a use that turned out to be rightful. */
export async function giveBackLimit(db: Db, key: string): Promise<void> {
  await db
    .update(inboundLimits)
    .set({ used: sql`greatest(${inboundLimits.used} - 1, 0)` })
    .where(eq(inboundLimits.key, key))
}

/** Forgets all uses of a key. */
export async function clearLimit(db: Db, key: string): Promise<void> {
  await db.delete(inboundLimits).where(eq(inboundLimits.key, key))
}

/** Deletes a few windows that ended long ago, with every window that begins: the table stays as small as its use. */
async function sweep(db: Db): Promise<void> {
  const old = db
    .select({ key: inboundLimits.key })
    .from(inboundLimits)
    .where(lt(inboundLimits.endsAt, sql`${databaseNow} - ${seconds(sweepAfterSeconds)}`))
    .limit(sweepAtOnce)
    .for('update', { skipLocked: true })
  await db.delete(inboundLimits).where(inArray(inboundLimits.key, old))
}

function seconds(count: number) {
  return sql`make_interval(secs => ${count})`
}
