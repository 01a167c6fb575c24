import 'server-only'
import type { Db } from '@/lib/db'
import { concludeMany, type Outcome } from './conclude-many'
import type { Attempt } from './internal'

/** `concludeMany` for one command. `at` is when the provider answered, epoch ms. Returns whether this call decided. */
export async function concludeCommand(
  db: Db,
  attempt: Attempt,
  outcome: Outcome,
  author: { actorId: string | null; actorName: string },
  at: number,
): Promise<boolean> {
  const decided = await concludeMany(db, [{ attempt, outcome, at }], author)
  return decided.has(attempt.commandId)
}
