import 'server-only'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { muteCommands } from '@/lib/db/schema'
import type { LedgerFilters } from './ledger-schemas'

/** Up to so many commands are named one by one. */
const manyCommands = 2_000

/**
 * The commands that an author, a category, a run or a case leaves, if they are few: a page is then read from them, and
 * not by looking at each mute's command in turn in the hope of meeting theirs. Of many, the next ones are met soon.
 */
export async function fewCommands(
  db: Db,
  { actorId, category, cause }: LedgerFilters,
): Promise<string[] | undefined> {
  if (actorId === undefined && category === undefined && cause !== 'bulk' && cause !== 'case')
    return undefined
  const found = await db
    .select({ id: muteCommands.id })
    .from(muteCommands)
    .where(
      and(
        actorId === undefined ? undefined : eq(muteCommands.actorId, actorId),
        category && eq(muteCommands.reasonCategory, category),
        cause === 'bulk' ? isNotNull(muteCommands.bulkId) : undefined,
        cause === 'case' ? isNotNull(muteCommands.caseId) : undefined,
      ),
    )
    .limit(manyCommands + 1)
  return found.length > manyCommands ? undefined : found.map(({ id }) => id)
}
