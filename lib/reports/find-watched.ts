import 'server-only'
import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { cases } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'

/** So many are watched at most, those first who are to be looked at soonest. */
const most = 10_000

const isMuted = sql`exists (select from mute_states
  where mute_states.connection = ${cases.connection} and mute_states.user_id = ${cases.accusedId}
    and mute_states.holds_until > ${databaseNow})`

/**
 * Closed cases that shall be looked at again later, while a mute of their accused holds somewhere; by the database's
 * clock.
 */
export function findWatched(db: Db, about?: SQL) {
  return db
    .select({
      id: cases.id,
      connection: cases.connection,
      accusedId: cases.accusedId,
      closedAt: cases.closedAt,
    })
    .from(cases)
    .where(and(eq(cases.status, 'closed'), gt(cases.lookAgainAt, databaseNow), isMuted, about))
    .orderBy(asc(cases.lookAgainAt))
    .limit(most)
}
