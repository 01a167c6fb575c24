import 'server-only'
import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { perDatabase } from '@/lib/db/per-database'
import { prepared } from '@/lib/db/prepared'
import { apiKeys, moderators } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import type { Actor } from './actor'
import { isSecretOf, prefixOf } from './api-key-secret'
import { createSharedReads } from './shared-reads'

/** `last_used_at` is written at most so often: calls do not write a row each time. */
const usedEverySeconds = 60

/**
 * The moderator in whose name a key acts, with the role of this moment, narrowed to the key's scopes; null when there
 * is no such key, it was revoked, or the moderator is disabled. An unknown key takes the same work as a wrong one: one
 * look-up by its prefix and one comparison of hashes. Now and then it also notes that the key is in use.
 */
export async function findActorOfKey(db: Db, secret: string): Promise<Actor | null> {
  const [row] = await keysOf(db)(prefixOf(secret))
  if (!isSecretOf(secret, row?.key.secretHash) || !row) return null
  const { key, moderator, mustTouch } = row
  if (key.revokedAt !== null || moderator.disabledAt !== null) return null
  if (mustTouch)
    await db
      .update(apiKeys)
      .set({ lastUsedAt: databaseNow })
      .where(and(eq(apiKeys.id, key.id), isNull(apiKeys.revokedAt), isUnnoted))
  const { id, email, name, role } = moderator
  const { prefix, scopes } = key
  return { id, email, name, role, sessionId: null, apiKey: { id: key.id, prefix, scopes } }
}

/** A backend that calls by the hundreds a second has its key read once for those that come together. */
const keysOf = perDatabase((db) => createSharedReads((prefix) => keyByPrefix(db).execute({ prefix })))

const keyByPrefix = prepared((db) =>
  db
    .select({ key: apiKeys, moderator: moderators, mustTouch: sql<boolean>`${isUnnoted}` })
    .from(apiKeys)
    .innerJoin(moderators, eq(moderators.id, apiKeys.moderatorId))
    .where(eq(apiKeys.prefix, sql.placeholder('prefix')))
    .prepare('key_by_prefix'),
)

const isUnnoted = or(
  isNull(apiKeys.lastUsedAt),
  lte(apiKeys.lastUsedAt, sql`${databaseNow} - make_interval(secs => ${sql.raw(String(usedEverySeconds))})`),
)
