import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import type { Tx } from '@/lib/db'
import { accountNotes } from '@/lib/db/schema'
import type { CaseRow } from './change-case'

/**
 * Writes down what somebody says with a change of a case: it stands with the notes on its accused. The change is what
 * is recorded.
 */
export async function noteOnCase(
  tx: Tx,
  { id: caseId, connection, accusedId: userId }: CaseRow,
  { id: authorId }: Pick<Actor, 'id'>,
  text: string,
): Promise<void> {
  await tx
    .insert(accountNotes)
    .values({ id: crypto.randomUUID(), connection, userId, caseId, authorId, text })
}
