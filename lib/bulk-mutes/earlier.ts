import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { canonicalJson } from '@/lib/audit/canonical'
import type { Db, Tx } from '@/lib/db'
import { bulkMutes } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import type { BulkRow } from './internal'

/** Tells a double submit from a key that is used for something else. */
export function hashOf(input: object): string {
  return createHash('sha256').update(canonicalJson(input)).digest('hex')
}

/**
 * The run that this key made before; null: none did. It is looked for before anything else about the wish: what was
 * possible then is answered again, whatever has happened since. Throws `IDEMPOTENCY_MISMATCH`.
 */
export async function findEarlierBulk(
  db: Db | Tx,
  authorId: string,
  { idempotencyKey, inputHash }: Pick<BulkRow, 'idempotencyKey' | 'inputHash'>,
): Promise<BulkRow | null> {
  const [earlier] = await db
    .select()
    .from(bulkMutes)
    .where(and(eq(bulkMutes.actorId, authorId), eq(bulkMutes.idempotencyKey, idempotencyKey)))
  if (earlier && earlier.inputHash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH')
  return earlier ?? null
}
