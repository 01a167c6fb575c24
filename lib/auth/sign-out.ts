import 'server-only'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { moderators, sessions } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'

/**
 * Ends a session for good, on record; one that is over, or never was, changes nothing. Needs no permission: it is one's
 * own.
 */
export async function signOut(db: Db, sessionId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const [ended] = await tx
      .update(sessions)
      .set({ revokedAt: databaseNow })
      .from(moderators)
      .where(
        and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), eq(moderators.id, sessions.moderatorId)),
      )
      .returning({ moderatorId: sql<string>`${moderators.id}`, name: moderators.name })
    if (!ended) return
    await record(tx, { type: 'sign_out', data: {}, actorId: ended.moderatorId, actorName: ended.name })
  })
}
