import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { apiKeys, moderators } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { Actor } from './actor'
import { type AddApiKeyInput, addApiKeySchema, type NewApiKeyDto } from './api-key-schemas'
import { hashOfSecret, newSecret } from './api-key-secret'
import { commandLine } from './command-line'
import { parseInput } from './parse-input'
import { requirePermission } from './require-permission'

/**
 * Makes a key that acts in a moderator's name, and gives back its secret, of which only the hash is kept. Throws
 * `FORBIDDEN`, `INVALID_INPUT` and `NOT_FOUND`: nobody with that address can sign in.
 */
export async function addApiKey({ db }: { db: Db }, actor: Actor, input: AddApiKeyInput) {
  requirePermission(actor, 'api-keys:write')
  return insertApiKey(db, { actorId: actor.id, actorName: actor.name }, input)
}

/** The same from the command line: whoever has that has the database, so no permission is asked. */
export async function addApiKeyAtCommandLine(db: Db, input: AddApiKeyInput): Promise<NewApiKeyDto> {
  return insertApiKey(db, commandLine, input)
}

type Author = { actorId: string | null; actorName: string }

async function insertApiKey(db: Db, author: Author, input: AddApiKeyInput): Promise<NewApiKeyDto> {
  const { name, email, scopes } = parseInput(addApiKeySchema, input)
  const { secret, prefix } = newSecret()
  return db.transaction(async (tx) => {
    const [moderator] = await tx
      .select({ id: moderators.id })
      .from(moderators)
      .where(and(eq(moderators.email, email), isNull(moderators.disabledAt)))
    if (!moderator) throw new AppError('NOT_FOUND')
    const id = crypto.randomUUID()
    await tx.insert(apiKeys).values({
      id,
      name,
      prefix,
      secretHash: hashOfSecret(secret),
      scopes,
      moderatorId: moderator.id,
      createdBy: author.actorId,
    })
    await record(tx, { type: 'api_key.created', ...author, data: { key: prefix, name, email, scopes } })
    return { id, prefix, secret }
  })
}
