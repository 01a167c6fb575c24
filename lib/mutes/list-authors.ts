import 'server-only'
import { asc, eq, exists } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { moderators, muteCommands } from '@/lib/db/schema'

/** Everybody who ever changed a mute, by name: whom the ledger can be narrowed to. Throws `FORBIDDEN`. */
export async function listMuteAuthors(
  { db }: Context,
  actor: Actor,
): Promise<{ id: string; name: string }[]> {
  requirePermission(actor, 'accounts:read')
  const commands = db.select().from(muteCommands).where(eq(muteCommands.actorId, moderators.id))
  return await db
    .select({ id: moderators.id, name: moderators.name })
    .from(moderators)
    .where(exists(commands))
    .orderBy(asc(moderators.name), asc(moderators.email))
}
