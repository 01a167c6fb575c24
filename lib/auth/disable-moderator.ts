import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { moderators } from '@/lib/db/schema'
import { databaseNow } from '@/lib/db/schema/columns'
import { commandLine } from './command-line'
import { parseInput } from './parse-input'
import { revokeSessions } from './revoke-sessions'
import { type ModeratorAddressInput, moderatorAddressSchema } from './schemas'
import { whyUnchanged } from './why-unchanged'

/**
 * Ends a sign-in and all its sessions at once, from the command line. Throws `INVALID_INPUT` (field `email` is
 * `already_so` when it was disabled before) and `NOT_FOUND`.
 */
export async function disableModerator(db: Db, input: ModeratorAddressInput): Promise<void> {
  const { email } = parseInput(moderatorAddressSchema, input)
  await db.transaction(async (tx) => {
    const [disabled] = await tx
      .update(moderators)
      .set({ disabledAt: databaseNow })
      .where(and(eq(moderators.email, email), isNull(moderators.disabledAt)))
      .returning({ id: moderators.id })
    if (!disabled) throw await whyUnchanged(tx, email)
    await revokeSessions(tx, disabled.id)
    await record(tx, { type: 'moderator.disabled', data: { email }, ...commandLine })
  })
}
