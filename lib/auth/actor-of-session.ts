import 'server-only'
import { and, eq, gt, isNull, lte, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { prepared } from '@/lib/db/prepared'
import { moderators, sessions } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import type { Actor } from './actor'

/** A session nobody used for this long is over. */
export const sessionIdleMinutes = 30
/** A session is over this long after the sign-in, however much it is used. */
export const sessionHours = 8
/** `seen_at` is written at most so often: reading pages does not write a row each time. */
const seenEverySeconds = 60

/**
 * The moderator of a session, or null when it was revoked, has been idle or has lasted too long, or the moderator is
 * disabled; by the database's clock. Now and then it also notes that the session is in use.
 */
export async function actorOfSession(db: Db, sessionId: string): Promise<Actor | null> {
  const [row] = await liveSession(db).execute({ sessionId })
  if (!row) return null
  const { mustTouch, ...actor } = row
  // What ended meanwhile must not come to life again.
  if (mustTouch)
    await db
      .update(sessions)
      .set({ seenAt: databaseNow })
      .where(and(eq(sessions.id, sessionId), isLive))
  return { ...actor, sessionId }
}

const isLive = and(
  isNull(sessions.revokedAt),
  gt(sessions.seenAt, sql`${databaseNow} - make_interval(mins => ${sql.raw(String(sessionIdleMinutes))})`),
  gt(sessions.createdAt, sql`${databaseNow} - make_interval(hours => ${sql.raw(String(sessionHours))})`),
)

const isUnseen = lte(
  sessions.seenAt,
  sql`${databaseNow} - make_interval(secs => ${sql.raw(String(seenEverySeconds))})`,
)

const liveSession = prepared((db) =>
  db
    .select({
      id: moderators.id,
      email: moderators.email,
      name: moderators.name,
      role: moderators.role,
      mustTouch: sql<boolean>`${isUnseen}`,
    })
    .from(sessions)
    .innerJoin(moderators, eq(moderators.id, sessions.moderatorId))
    .where(and(eq(sessions.id, sql.placeholder('sessionId')), isNull(moderators.disabledAt), isLive))
    .prepare('live_session'),
)
