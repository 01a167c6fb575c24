import 'server-only'
import { and, inArray } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { accounts } from '@/lib/db/schema'
import type { AccountProfile } from '@/lib/provider/port'
import type { AccountKey } from './schemas'

/** What the directory remembers of an account. */
export type DirectoryRow = AccountKey & AccountProfile

/** What the directory remembers of exact ids in these connections, in no order. */
export async function recallAccounts(
  db: Db,
  connections: readonly string[],
  userIds: readonly string[],
): Promise<DirectoryRow[]> {
  if (connections.length === 0 || userIds.length === 0) return []
  return await db
    .select({
      connection: accounts.connection,
      userId: accounts.userId,
      nickname: accounts.nickname,
      avatarUrl: accounts.avatarUrl,
    })
    .from(accounts)
    .where(and(inArray(accounts.connection, [...connections]), inArray(accounts.userId, [...userIds])))
}
