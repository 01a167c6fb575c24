import 'server-only'
import { and, eq, isNotNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { moderators } from '@/lib/db/schema'
import { commandLine } from './command-line'
import { parseInput } from './parse-input'
import { revokeSessions } from './revoke-sessions'
import { type ModeratorAddressInput, moderatorAddressSchema } from './schemas'
import { whyUnchanged } from './why-unchanged'

/**
 * Opens a disabled sign-in again, with its old password and role, from the command line; no session of
 * before comes back. Throws `INVALID_INPUT` (field `email` is `already_so` when it was not disabled) and `NOT_FOUND`.
 */
export async function enableModerator(db: Db, input: ModeratorAddressInput): Promise<void> {
  const { email } = parseInput(moderatorAddressSchema, input)
  await db.transaction(async (tx) => {
    const [enabled] = await tx
      .update(moderators)
      .set({ disabledAt: null })
      .where(and(eq(moderators.email, email), isNotNull(moderators.disabledAt)))
      .returning({ id: moderators.id })
    if (!enabled) throw await whyUnchanged(tx, email)
    // A sign-in that was under way may have left one after disabling ended the others.
    await revokeSessions(tx, enabled.id)
    await record(tx, { type: 'moderator.enabled', data: { email }, ...commandLine })
  })
}
