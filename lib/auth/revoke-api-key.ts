import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { apiKeys } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { AppError } from '@/lib/errors'
import type { Actor } from './actor'
import { type RevokeApiKeyInput, revokeApiKeySchema } from './api-key-schemas'
import { commandLine } from './command-line'
import { parseInput } from './parse-input'
import { requirePermission } from './require-permission'

/**
 * Ends a key for good: its next call is refused. Throws `FORBIDDEN`, `NOT_FOUND` and `INVALID_INPUT` (field `id` is
 * `already_so` when it was revoked before).
 */
export async function revokeApiKey({ db }: { db: Db }, actor: Actor, input: RevokeApiKeyInput) {
  requirePermission(actor, 'api-keys:write')
  return endApiKey(db, { actorId: actor.id, actorName: actor.name }, input)
}

/** The same from the command line: whoever has that has the database, so no permission is asked. */
export async function revokeApiKeyAtCommandLine(db: Db, input: RevokeApiKeyInput): Promise<null> {
  return endApiKey(db, commandLine, input)
}

type Author = { actorId: string | null; actorName: string }

async function endApiKey(db: Db, author: Author, input: RevokeApiKeyInput): Promise<null> {
  const { id } = parseInput(revokeApiKeySchema, input)
  await db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: databaseNow })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ key: apiKeys.prefix, name: apiKeys.name })
    if (!revoked) {
      const isKnown = (await tx.$count(apiKeys, eq(apiKeys.id, id))) > 0
      throw isKnown
        ? new AppError('INVALID_INPUT', { fields: { id: 'already_so' } })
        : new AppError('NOT_FOUND')
    }
    await record(tx, { type: 'api_key.revoked', ...author, data: revoked })
  })
  return null
}
