import 'server-only'
import { sql } from 'drizzle-orm'
import { recordAll } from '@/lib/audit/record'
import type { Actor } from '@/lib/auth/actor'
import { requirePermission } from '@/lib/auth/require-permission'
import type { Context } from '@/lib/context'
import { accountLinks } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { LinkAccountsInput } from './link-schemas'
import { countLinked } from './linked'
import { lookUp } from './look-up'
import { maxLinked } from './rules'
import type { AccountKey } from './schemas'

/** Any fixed number: whoever holds this advisory lock is the one who links. */
const linkLock = 7_264_026

/**
 * Says that two accounts belong to one person. Their order does not matter, and each may be of another connection. One
 * that its provider says is not there is refused; where the provider cannot be asked, the moderator's word is enough.
 * Throws `FORBIDDEN`, `UNKNOWN_CONNECTION` and `INVALID_INPUT`: `no_such_account`, `already_so`, and `too_many` where
 * one person would have more than 21 accounts.
 */
export async function linkAccounts(
  context: Context,
  actor: Actor,
  { connection, userId, otherConnection, otherUserId, reason }: LinkAccountsInput,
): Promise<{ linkId: string }> {
  requirePermission(actor, 'reports:work')
  const one = { connection, userId }
  const other = { connection: otherConnection, userId: otherUserId }
  await Promise.all([requireThere(context, one, 'userId'), requireThere(context, other, 'otherUserId')])
  const [first, second] = isBefore(one, other) ? [one, other] : [other, one]
  const linkId = crypto.randomUUID()
  await context.db.transaction(async (tx) => {
    // Two links at once could each be within the limit and together beyond it.
    await tx.execute(sql`select pg_advisory_xact_lock(${linkLock})`)
    const made = await tx
      .insert(accountLinks)
      .values({
        ...{ id: linkId, ...first, otherConnection: second.connection, otherUserId: second.userId },
        ...{ reason, linkedBy: actor.id },
      })
      .onConflictDoNothing()
      .returning({ id: accountLinks.id })
    if (made.length === 0) throw refused('already_so')
    if ((await countLinked(tx, one)) > maxLinked) throw refused('too_many')
    await recordAll(
      tx,
      // Of each: who looks for either account finds it.
      [[one, other] as const, [other, one] as const].map(([about, by]) => ({
        type: 'account.linked',
        actorId: actor.id,
        actorName: actor.name,
        ...about,
        data: { link: linkId, otherConnection: by.connection, otherUserId: by.userId },
      })),
    )
  })
  return { linkId }
}

async function requireThere(context: Context, { connection, userId }: AccountKey, field: string) {
  const { accounts } = await lookUp(context, connection, [userId])
  if (accounts.some(({ exists }) => !exists))
    throw new AppError('INVALID_INPUT', { fields: { [field]: 'no_such_account' } })
}

function refused(why: 'already_so' | 'too_many'): AppError {
  return new AppError('INVALID_INPUT', { fields: { otherUserId: why } })
}

/** By the bytes, as the table wants them. */
function isBefore(a: AccountKey, b: AccountKey): boolean {
  return a.connection === b.connection ? a.userId < b.userId : a.connection < b.connection
}
