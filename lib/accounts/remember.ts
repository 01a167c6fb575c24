import 'server-only'
import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { accounts } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { searchKey } from '@/lib/db/search-key'
import { storableText } from '@/lib/db/storable-text'

export type SeenAccount = {
  connection: string
  userId: string
  nickname: string | null
  avatarUrl: string | null
}

/**
 * Puts accounts into the directory or brings their names up to date. An account seen within the last minute under the
 * same name is left alone, so that looking costs no writes. Nobody's rights or mutes change, so it needs no audit.
 */
export async function rememberAccounts(db: Db, seen: readonly SeenAccount[]): Promise<void> {
  if (seen.length === 0) return
  await db
    .insert(accounts)
    .values(seen.map(toRow))
    .onConflictDoUpdate({
      target: [accounts.connection, accounts.userId],
      set: {
        nickname: sql`excluded.nickname`,
        avatarUrl: sql`excluded.avatar_url`,
        searchKey: sql`excluded.search_key`,
        seenAt: databaseNow,
      },
      setWhere: sql`${accounts.nickname} is distinct from excluded.nickname
        or ${accounts.avatarUrl} is distinct from excluded.avatar_url
        or ${accounts.seenAt} < ${databaseNow} - interval '1 minute'`,
    })
}

/** Chat users choose names: what the database cannot hold must not keep the others out. */
function toRow({ nickname: told, ...account }: SeenAccount) {
  const nickname = told === null ? null : storableText(told)
  return { ...account, nickname, searchKey: searchKey(nickname) }
}
