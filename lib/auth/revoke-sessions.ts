import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db'
import { sessions } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'

/** Ends every session of a moderator with this transaction: their next request is refused. The caller records why. */
export async function revokeSessions(tx: Tx, moderatorId: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ revokedAt: databaseNow })
    .where(and(eq(sessions.moderatorId, moderatorId), isNull(sessions.revokedAt)))
}
