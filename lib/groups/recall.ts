import 'server-only'
import { and, eq } from 'drizzle-orm'
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
