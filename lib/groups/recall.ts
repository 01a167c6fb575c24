import 'server-only'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { groups } from '@/lib/db/schema'
import type { GroupKey } from './schemas'

/** What the directory remembers of a group. */
export async function recallGroup(db: Db, { connection, groupId }: GroupKey) {
  const [known] = await db
    .select()
    .from(groups)
    .where(and(eq(groups.connection, connection), eq(groups.groupId, groupId)))
  return known
}

/** What the directory calls these groups of one connection, by id; those without a name are missing. */
export async function groupNamesOf(
  db: Db,
  connection: string,
  groupIds: readonly string[],
): Promise<Map<string, string>> {
  const asked = [...new Set(groupIds)].filter((groupId) => groupId !== '')
  if (asked.length === 0) return new Map()
  const known = await db
    .select({ groupId: groups.groupId, name: groups.name })
    .from(groups)
    .where(and(eq(groups.connection, connection), inArray(groups.groupId, asked), isNotNull(groups.name)))
  return new Map(known.map(({ groupId, name }) => [groupId, name ?? '']))
}
