import 'server-only'
import { lt, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { muteRounds } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { inSeconds } from './internal'

/** How long a round may ask the provider, in ms: it has ended before the next one begins. */
export const roundMs = 50_000
/** No round begins before the last one has ended, nor twice in a minute; in seconds. */
const leaseSeconds = 55

/**
 * Begins a round of a job in a connection, unless this or another instance began one within the last minute; by the
 * database's clock. Returns whether it did.
 */
export async function takeRound(db: Db, connection: string, job: 'compare' | 'find'): Promise<boolean> {
  // The line break cannot be part of a connection's key.
  const key = job === 'compare' ? connection : `${connection}\n${job}`
  const leaseUntil = inSeconds(leaseSeconds)
  const taken = await db
    .insert(muteRounds)
    .values({ connection: key, leaseUntil: sql`${leaseUntil}` })
    .onConflictDoUpdate({
      target: muteRounds.connection,
      set: { leaseUntil },
      setWhere: lt(muteRounds.leaseUntil, databaseNow),
    })
    .returning({ connection: muteRounds.connection })
  return taken.length > 0
}
