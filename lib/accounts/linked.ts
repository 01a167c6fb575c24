import 'server-only'
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db'
import { prepared } from '@/lib/db/prepared'
import { accountLinks, moderators } from '@/lib/db/schema'
import { type Reached, reachOf } from './reach'
import { maxLinked } from './rules'
import type { AccountKey } from './schemas'

/** The accounts of the same person, as moderators have said; at most 20, the nearest first. */
export async function linkedWith(db: Db, account: AccountKey): Promise<Reached[]> {
  const [has] = await hasLink(db).execute(account)
  if (!has?.some) return []
  const rows = await db
    .select({
      id: accountLinks.id,
      connection: accountLinks.connection,
      userId: accountLinks.userId,
      otherConnection: accountLinks.otherConnection,
      otherUserId: accountLinks.otherUserId,
      reason: accountLinks.reason,
      byId: accountLinks.linkedBy,
      by: moderators.name,
      linkedAt: accountLinks.linkedAt,
    })
    .from(accountLinks)
    .innerJoin(moderators, eq(moderators.id, accountLinks.linkedBy))
    .where(
      and(
        isNull(accountLinks.removedAt),
        sql`(${accountLinks.connection}, ${accountLinks.userId}) in ${reached(account)}`,
      ),
    )
    .orderBy(asc(accountLinks.linkedAt), asc(accountLinks.id))
  return reachOf(
    account,
    rows.map(({ connection, userId, otherConnection, otherUserId, ...link }) => ({
      ...link,
      accounts: [
        { connection, userId },
        { connection: otherConnection, userId: otherUserId },
      ],
    })),
  )
}

/** With how many others this one is linked, counted to one more than there may be. */
export async function countLinked(tx: Tx, account: AccountKey): Promise<number> {
  const [found] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`${reached(account)} as reached`)
  return (found?.count ?? 1) - 1
}

/** The account and those that it is linked with, whatever way; read no further than one more than there may be. */
function reached({ connection, userId }: AccountKey): SQL {
  return sql`(
    with recursive reached (connection, user_id) as (
      select ${connection}::text, ${userId}::text
      union
      select next.connection, next.user_id from reached cross join lateral (
        select other_connection, other_user_id from account_links as link
        where link.connection = reached.connection and link.user_id = reached.user_id and removed_at is null
        union all
        select connection, user_id from account_links as link
        where other_connection = reached.connection and other_user_id = reached.user_id and removed_at is null
      ) as next (connection, user_id)
    )
    select connection, user_id from reached limit ${maxLinked + 2}
  )`
}

/** Every page of an account asks, and most have none: to plan the recursion costs many times as much as this. */
const hasLink = prepared((db) => {
  const asked = { connection: sql.placeholder('connection'), userId: sql.placeholder('userId') }
  const ends = [
    and(eq(accountLinks.connection, asked.connection), eq(accountLinks.userId, asked.userId)),
    and(eq(accountLinks.otherConnection, asked.connection), eq(accountLinks.otherUserId, asked.userId)),
  ].map((end) => sql`exists (select from ${accountLinks} where ${and(end, isNull(accountLinks.removedAt))})`)
  return db
    .select({ some: sql<boolean>`${sql.join(ends, sql` or `)}` })
    .from(sql`(select) as one`)
    .prepare('has_link')
})
