import 'server-only'
import { desc, eq, isNotNull } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { apiKeys, moderators } from '@/lib/db/schema'
import type { Actor } from './actor'
import type { ApiKeyDto } from './api-key-schemas'
import { requirePermission } from './require-permission'

/** Every key that there is or was, those in use first, the newest before the older ones. Throws `FORBIDDEN`. */
export async function listApiKeys({ db }: { db: Db }, actor: Actor): Promise<ApiKeyDto[]> {
  requirePermission(actor, 'api-keys:write')
  return allApiKeys(db)
}

/** The same for the command line. */
export async function allApiKeys(db: Db): Promise<ApiKeyDto[]> {
  const rows = await db
    .select({ key: apiKeys, moderator: moderators })
    .from(apiKeys)
    .innerJoin(moderators, eq(moderators.id, apiKeys.moderatorId))
    .orderBy(isNotNull(apiKeys.revokedAt), desc(apiKeys.createdAt))
  return rows.map(({ key, moderator: { name, email, disabledAt } }) => ({
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    moderator: { name, email, isDisabled: disabledAt !== null },
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt,
    revokedAt: key.revokedAt,
  }))
}
