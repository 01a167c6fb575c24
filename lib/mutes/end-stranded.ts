import 'server-only'
import { and, count, eq, isNull, lt, or } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { muteCommands } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import { concludeMany } from './conclude-many'
import { isOpen } from './internal'
import type { EndStrandedMutesInput } from './stranded-schemas'

/** How many commands one transaction ends. */
const atOnce = 500

/**
 * Ends the changes of a connection that is not in the connections file any more, for a person who no longer waits for
 * it. They may have taken effect, and nobody can be asked: each is on record as `connection_gone`, under that person's
 * name, and the ledger stays as it was before it. Should the connection come back, what it shows is drift. Those that
 * another instance may still be sending are left; `left` tells how many. Throws `FORBIDDEN`, and `NOT_FOUND` while this
 * console has the connection.
 */
export async function endStrandedMutes(
  context: Context,
  actor: Actor,
  { connection }: EndStrandedMutesInput,
): Promise<{ ended: number; left: number }> {
  requirePermission(actor, 'mutes:apply')
  const { db, clock, connections } = context
  if (connections.some(({ key }) => key === connection)) throw new AppError('NOT_FOUND')
  const isOfConnection = and(isOpen, eq(muteCommands.connection, connection))
  const isAtRest = and(
    lt(muteCommands.leaseUntil, databaseNow),
    or(isNull(muteCommands.mayArriveUntil), lt(muteCommands.mayArriveUntil, databaseNow)),
  )
  let ended = 0
  for (let found = atOnce; found === atOnce; ) {
    const due = await db
      .select({ commandId: muteCommands.id, attempts: muteCommands.attempts })
      .from(muteCommands)
      .where(and(isOfConnection, isAtRest))
      .limit(atOnce)
    const at = clock.now()
    const outcome = { status: 'rejected', failure: { kind: 'connection_gone' } } as const
    const decided = await concludeMany(
      db,
      due.map((attempt) => ({ attempt, outcome, at })),
      { actorId: actor.id, actorName: actor.name },
    )
    ended += decided.size
    found = due.length
  }
  const [row] = await db.select({ left: count() }).from(muteCommands).where(isOfConnection)
  return { ended, left: row?.left ?? 0 }
}
