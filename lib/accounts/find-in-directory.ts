import 'server-only'
import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { namesMatching } from '@/lib/db/names-matching'
import type { DirectoryRow } from './recall'

/**
 * The directory's accounts whose name contains the text or whose id begins with it, best first (see `namesMatching`).
 * At most `limit`, and whether there were more.
 */
export async function findInDirectory(
  db: Db,
  text: string,
  connections: readonly string[],
  limit: number,
): Promise<{ rows: DirectoryRow[]; hasMore: boolean }> {
  if (text === '' || connections.length === 0) return { rows: [], hasMore: false }
  const { from, orderBy } = namesMatching({ table: sql`accounts`, id: sql`user_id` }, text, connections)
  const rows = await db
    .select({
      connection: sql<string>`connection`,
      userId: sql<string>`user_id`,
      nickname: sql<string | null>`nickname`,
      avatarUrl: sql<string | null>`avatar_url`,
    })
    .from(from)
    .orderBy(...orderBy)
    .limit(limit + 1)
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}
