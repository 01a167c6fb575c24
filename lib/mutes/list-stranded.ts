import 'server-only'
import { and, asc, count, eq, notInArray } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { moderators, muteCommands } from '@/lib/db/schema'
import { isOpen } from './internal'
import { maxNamedStranded, type StrandedDto } from './stranded-schemas'

/**
 * The changes that stay without an outcome because their connection was taken out of the connections file, by connection.
 * Throws `FORBIDDEN`.
 */
export async function listStrandedMutes({ db, connections }: Context, actor: Actor): Promise<StrandedDto[]> {
  requirePermission(actor, 'accounts:read')
  const keys = connections.map(({ key }) => key)
  const gone = await db
    .select({ connection: muteCommands.connection, count: count() })
    .from(muteCommands)
    .where(and(isOpen, notInArray(muteCommands.connection, keys)))
    .groupBy(muteCommands.connection)
    .orderBy(asc(muteCommands.connection))
  return Promise.all(
    gone.map(async ({ connection, count }) => ({
      connection,
      count,
      commands: await db
        .select({
          id: muteCommands.id,
          kind: muteCommands.kind,
          userId: muteCommands.userId,
          groupId: muteCommands.groupId,
          actorName: moderators.name,
          requestedAt: muteCommands.requestedAt,
        })
        .from(muteCommands)
        .innerJoin(moderators, eq(moderators.id, muteCommands.actorId))
        .where(and(isOpen, eq(muteCommands.connection, connection)))
        .orderBy(asc(muteCommands.requestedAt), asc(muteCommands.id))
        .limit(maxNamedStranded)
        .then((rows) => rows.map((row) => ({ ...row, groupId: row.groupId || null }))),
    })),
  )
}
