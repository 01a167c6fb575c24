import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { AuditData } from '@/lib/audit/events'
import { record } from '@/lib/audit/record'
import type { Db } from '@/lib/db'
import { moderators, sessions } from '@/lib/db/schema'
import { addressBlock } from './address'
import { clearLimit, consumeLimit, giveBackLimit } from './limits'
import { argon2Hasher, hashOfNobody, type PasswordHasher } from './password-hasher'
import { type SignInInput, signInLimits } from './schemas'

export type SignInAnswer =
  | { ok: true; sessionId: string }
  /** `credentials` stands for an unknown address, a wrong password and a disabled moderator alike */
  | { ok: false; why: 'credentials' }
  | { ok: false; why: 'throttled'; retryAfterSeconds: number }

type FailedWhy = AuditData['sign_in.failed']['why']

/**
 * Opens a session for whoever knows the password; this is the one verb that nobody has to be signed in for. A try is
 * counted before the password is looked at, and given back when it was right. Unknown addresses take the same work and
 * get the same answer as wrong passwords. Sign-ins and failures are on record; of the throttled tries the first of each
 * window. Throws when the database cannot answer: then nobody gets in.
 */
export async function signIn(
  db: Db,
  input: SignInInput & { address: string },
  hasher: PasswordHasher = argon2Hasher,
): Promise<SignInAnswer> {
  const keys = limitKeys(input)
  for (const [key, points] of [
    [keys.address, signInLimits.perAddress],
    [keys.account, signInLimits.perAccountAndAddress],
  ] as const) {
    const limit = await consumeLimit(db, { key, points, windowSeconds: signInLimits.windowSeconds })
    if (limit.allowed) continue
    if (limit.isFirstRefusal) await recordFailure(db, input, 'throttled')
    return { ok: false, why: 'throttled', retryAfterSeconds: limit.retryAfterSeconds }
  }

  const [moderator] = await db.select().from(moderators).where(eq(moderators.email, input.email))
  const isRight = await hasher.verify(moderator?.passwordHash ?? hashOfNobody, input.password)
  if (!moderator || !isRight) {
    await recordFailure(db, input, 'credentials')
    return { ok: false, why: 'credentials' }
  }

  const sessionId = await db.transaction(async (tx) => {
    // Whoever disables or resets waits for this lock and then revokes the session too, or came first and is seen here.
    const [current] = await tx
      .select({ name: moderators.name })
      .from(moderators)
      .where(
        and(
          eq(moderators.id, moderator.id),
          eq(moderators.passwordHash, moderator.passwordHash),
          isNull(moderators.disabledAt),
        ),
      )
      .for('share')
    if (!current) return null
    const id = randomUUID()
    await tx.insert(sessions).values({ id, moderatorId: moderator.id })
    await clearLimit(tx, keys.account)
    await giveBackLimit(tx, keys.address)
    await record(tx, {
      type: 'sign_in.succeeded',
      data: { address: input.address },
      actorId: moderator.id,
      actorName: current.name,
    })
    return id
  })
  if (sessionId) return { ok: true, sessionId }
  await recordFailure(db, input, moderator.disabledAt === null ? 'credentials' : 'disabled')
  return { ok: false, why: 'credentials' }
}

async function recordFailure(
  db: Db,
  input: { email: string; address: string },
  why: FailedWhy,
): Promise<void> {
  await db.transaction((tx) =>
    record(tx, {
      type: 'sign_in.failed',
      data: { address: input.address, email: input.email, why },
      actorId: null,
      actorName: 'nobody',
    }),
  )
}

function limitKeys(input: { email: string; address: string }) {
  const block = addressBlock(input.address)
  // Hashed, so that the length and the letters of what was typed do not matter.
  const account = createHash('sha256').update(`${input.email}\n${block}`).digest('hex')
  return { address: `sign-in:address:${block}`, account: `sign-in:account:${account}` }
}
