import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { accountLinks } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import type { UnlinkAccountsInput } from './link-schemas'
import { mayUnlink } from './may-unlink'

/**
 * Takes a link back, which whoever made it and leads may do; other links of the two accounts stay. Throws `FORBIDDEN`,
 * and `NOT_FOUND` also for one that was taken back already.
 */
export async function unlinkAccounts(
  { db }: Context,
  actor: Actor,
  { linkId }: UnlinkAccountsInput,
): Promise<void> {
  requirePermission(actor, 'reports:work')
  const holds = and(eq(accountLinks.id, linkId), isNull(accountLinks.removedAt))
  const [found] = await db.select({ linkedBy: accountLinks.linkedBy }).from(accountLinks).where(holds)
  if (!found) throw new AppError('NOT_FOUND')
  if (!mayUnlink(actor, found.linkedBy)) throw new AppError('FORBIDDEN')
  await db.transaction(async (tx) => {
    const [link] = await tx
      .update(accountLinks)
      .set({ removedAt: databaseNow, removedBy: actor.id })
      .where(holds)
      .returning()
    if (!link) throw new AppError('NOT_FOUND')
    const one = { connection: link.connection, userId: link.userId }
    const other = { connection: link.otherConnection, userId: link.otherUserId }
    await recordAll(
      tx,
      [[one, other] as const, [other, one] as const].map(([about, from]) => ({
        type: 'account.unlinked',
        actorId: actor.id,
        actorName: actor.name,
        ...about,
        data: { link: linkId, otherConnection: from.connection, otherUserId: from.userId },
      })),
    )
  })
}
