import 'server-only'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { moderators } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { commandLine } from './command-line'
import { generatePassword } from './generate-password'
import { parseInput } from './parse-input'
import { argon2Hasher, type PasswordHasher } from './password-hasher'
import { type AddModeratorInput, addModeratorSchema, maxNameLength } from './schemas'

/**
 * Makes a sign-in, from the command line: whoever has that has the database, so no permission is asked. Gives back the
 * password, made up unless one was given; only its hash is kept. Throws `INVALID_INPUT`; field `email` is `duplicate`
 * when somebody has that address already.
 */
export async function addModerator(
  db: Db,
  input: AddModeratorInput,
  hasher: PasswordHasher = argon2Hasher,
): Promise<{ id: string; email: string; password: string }> {
  const { email, role, name, ...given } = parseInput(addModeratorSchema, input)
  const password = given.password ?? generatePassword()
  const passwordHash = await hasher.hash(password)
  const id = await db.transaction(async (tx) => {
    const [added] = await tx
      .insert(moderators)
      .values({ email, role, name: name ?? nameFrom(email), passwordHash })
      .onConflictDoNothing({ target: moderators.email })
      .returning({ id: moderators.id })
    if (!added) throw new AppError('INVALID_INPUT', { fields: { email: 'duplicate' } })
    await record(tx, { type: 'moderator.added', data: { email, role }, ...commandLine })
    return added.id
  })
  return { id, email, password }
}

function nameFrom(email: string): string {
  return email.slice(0, email.indexOf('@')).slice(0, maxNameLength)
}
