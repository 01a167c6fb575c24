import 'server-only'
import { eq } from 'drizzle-orm'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { moderators } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { commandLine } from './command-line'
import { generatePassword } from './generate-password'
import { parseInput } from './parse-input'
import { argon2Hasher, type PasswordHasher } from './password-hasher'
import { revokeSessions } from './revoke-sessions'
import { type ResetPasswordInput, resetPasswordSchema } from './schemas'

/**
 * Sets a new password, made up unless one is given, and ends all sessions at once, from the command line. A disabled
 * moderator stays disabled. Throws `INVALID_INPUT` and `NOT_FOUND`.
 */
export async function resetPassword(
  db: Db,
  input: ResetPasswordInput,
  hasher: PasswordHasher = argon2Hasher,
): Promise<{ email: string; password: string; isDisabled: boolean }> {
  const { email, password = generatePassword() } = parseInput(resetPasswordSchema, input)
  const passwordHash = await hasher.hash(password)
  const isDisabled = await db.transaction(async (tx) => {
    const [changed] = await tx
      .update(moderators)
      .set({ passwordHash })
      .where(eq(moderators.email, email))
      .returning({ id: moderators.id, disabledAt: moderators.disabledAt })
    if (!changed) throw new AppError('NOT_FOUND')
    await revokeSessions(tx, changed.id)
    await record(tx, { type: 'moderator.password_reset', data: { email }, ...commandLine })
    return changed.disabledAt !== null
  })
  return { email, password, isDisabled }
}
