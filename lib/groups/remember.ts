import 'server-only'
import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { groups } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { searchKey } from '@/lib/db/search-key'
import { storableText } from '@/lib/db/storable-text'
import type { GroupInfo, GroupType } from '@/lib/provider/port'

export type SeenGroup = {
  connection: string
  groupId: string
  name: string | null
  /** absent or null: not told this time, what is known stays */
  type?: GroupType | null
  ownerId?: string | null
  memberCount?: number | null
}

/**
 * Puts groups that their provider told of into the directory, or brings them up to date; one that had been taken for
 * dissolved is there again. Nobody's rights or mutes change, so it needs no audit. An id twice fails the statement.
 */
export async function rememberGroups(db: Db, seen: readonly SeenGroup[]): Promise<void> {
  if (seen.length === 0) return
  await db
    .insert(groups)
    .values(seen.map(toRow))
    .onConflictDoUpdate({
      target: [groups.connection, groups.groupId],
      set: {
        name: sql`excluded.name`,
        searchKey: sql`excluded.search_key`,
        type: sql`coalesce(excluded.type, ${groups.type})`,
        ownerId: sql`coalesce(excluded.owner_id, ${groups.ownerId})`,
        memberCount: sql`coalesce(excluded.member_count, ${groups.memberCount})`,
        seenAt: databaseNow,
        dissolvedAt: null,
      },
    })
}

/** Chat users choose names: what the database cannot hold must not keep the others out. */
function toRow({ name: told, ...group }: SeenGroup) {
  const name = told === null ? null : storableText(told)
  return { ...group, name, searchKey: searchKey(name) }
}

/** A group as its provider tells of it, for the directory. */
export function seenGroup(connection: string, info: GroupInfo): SeenGroup {
  const { groupId, name, type, ownerId, memberCount } = info
  return { connection, groupId, name, type, ownerId, memberCount }
}
