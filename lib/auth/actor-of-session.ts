import 'server-only'
import { and, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
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
 * disabled. One statement by the database's clock, which also notes that the session is in use.
 */
export async function actorOfSession(db: Db, sessionId: string): Promise<Actor | null> {
  const live = db.$with('live').as(
    db
      .select({
        sessionId: sql<string>`${sessions.id}`.as('session_id'),
        seenAt: sql`${sessions.seenAt}`.as('seen_at'),
        moderatorId: sql<string>`${moderators.id}`.as('moderator_id'),
        email: moderators.email,
        name: moderators.name,
        role: moderators.role,
      })
      .from(sessions)
      .innerJoin(moderators, eq(moderators.id, sessions.moderatorId))
      .where(
        and(
          eq(sessions.id, sessionId),
          isNull(sessions.revokedAt),
          isNull(moderators.disabledAt),
          gt(sessions.seenAt, sql`${databaseNow} - make_interval(mins => ${sessionIdleMinutes})`),
          gt(sessions.createdAt, sql`${databaseNow} - make_interval(hours => ${sessionHours})`),
        ),
      ),
  )
  // PostgreSQL runs a statement that writes inside `with` whether or not anything reads from it.
  const touched = db.$with('touched').as(
    db
      .update(sessions)
      .set({ seenAt: databaseNow })
      .where(
        inArray(
          sessions.id,
          db
            .select({ id: live.sessionId })
            .from(live)
            .where(lte(live.seenAt, sql`${databaseNow} - make_interval(secs => ${seenEverySeconds})`)),
        ),
      )
      .returning({ id: sessions.id }),
  )
  const [row] = await db.with(live, touched).select().from(live)
  if (!row) return null
  return { id: row.moderatorId, email: row.email, name: row.name, role: row.role, sessionId: row.sessionId }
}
