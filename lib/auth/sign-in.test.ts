import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Db } from '@/lib/db'
import { auditEvents, auditHead, inboundLimits, sessions } from '@/lib/db/schema'
import { describeOnBothDatabases, type FreshDb } from '@/lib/testing/fresh-db'
import { untilWaiting } from '@/lib/testing/until-waiting'
import { addModerator } from './add-moderator'
import { disableModerator } from './disable-moderator'
import { hashOfNobody, type PasswordHasher } from './password-hasher'
import { resetPassword } from './reset-password'
import { signInLimits } from './schemas'
import { signIn } from './sign-in'

const email = 'mod@example.com'
const password = 'correct horse battery'
const address = '198.51.100.1'

describeOnBothDatabases('signing in', (freshDb, kind) => {
  it('opens a session and puts it on record', async () => {
    const { db, hasher, id } = await withModerator(freshDb)
    const answer = await signIn(db, { email, password, address }, hasher)
    const [session] = await db.select().from(sessions)
    expect(answer).toEqual({ ok: true, sessionId: session?.id })
    expect(session).toMatchObject({ moderatorId: id, revokedAt: null })
    expect(await signInEvents(db)).toEqual([
      { type: 'sign_in.succeeded', actorId: id, actorName: 'mod', data: { address } },
    ])
  })

  it('gives each sign-in its own session', async () => {
    const { db, hasher } = await withModerator(freshDb)
    const first = await signIn(db, { email, password, address }, hasher)
    const second = await signIn(db, { email, password, address }, hasher)
    expect(first).not.toEqual(second)
    expect(await db.$count(sessions)).toBe(2)
  })

  it('answers a wrong password, an unknown address and a disabled moderator alike, after the same work', async () => {
    const { db, hasher } = await withModerator(freshDb)
    await addModerator(db, { email: 'gone@example.com', role: 'lead', password }, hasher)
    await disableModerator(db, { email: 'gone@example.com' })
    const tries = [
      { email, password: 'wrong', why: 'credentials' },
      { email: 'nobody@example.com', password, why: 'credentials' },
      { email: 'gone@example.com', password, why: 'disabled' },
      { email: 'gone@example.com', password: 'wrong', why: 'credentials' },
    ]
    for (const [index, { why: _, ...attempt }] of tries.entries()) {
      expect(await signIn(db, { ...attempt, address }, hasher)).toEqual({ ok: false, why: 'credentials' })
      expect(hasher.verified).toHaveLength(index + 1)
    }
    expect(hasher.verified[1]).toBe(hashOfNobody)
    expect(await db.$count(sessions)).toBe(0)
    expect(await signInEvents(db)).toEqual(
      tries.map((attempt) => ({
        type: 'sign_in.failed',
        actorId: null,
        actorName: 'nobody',
        data: { address, email: attempt.email, why: attempt.why },
      })),
    )
  })

  it('lets no more than five of a hundred tries at once reach the password', async () => {
    const { db, hasher } = await withModerator(freshDb)
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => signIn(db, { email, password: 'wrong', address }, hasher)),
    )
    expect(hasher.verified).toHaveLength(signInLimits.perAccountAndAddress)
    const throttled = answers.filter((answer) => !answer.ok && answer.why === 'throttled')
    expect(throttled).toHaveLength(95)
    for (const answer of throttled) {
      expect(answer).toHaveProperty('retryAfterSeconds', expect.closeTo(signInLimits.windowSeconds, -2))
    }
    const why = (await signInEvents(db)).map(({ data }) => Reflect.get(Object(data), 'why'))
    // One row for each of the two limits, not ninety-five.
    expect(why.filter((reason) => reason === 'throttled')).toHaveLength(2)
    expect(why.filter((reason) => reason === 'credentials')).toHaveLength(5)
  })

  it('refuses even the right password while throttled, from that address only', async () => {
    const { db, hasher } = await withModerator(freshDb)
    for (let i = 0; i < 5; i++) await signIn(db, { email, password: 'wrong', address }, hasher)
    expect(await signIn(db, { email, password, address }, hasher)).toMatchObject({ why: 'throttled' })
    expect(await signIn(db, { email, password, address: '198.51.100.2' }, hasher)).toMatchObject({ ok: true })
  })

  it('counts an IPv6 customer as one address', async () => {
    const { db, hasher } = await withModerator(freshDb)
    for (let i = 0; i < 5; i++) {
      await signIn(db, { email, password: 'wrong', address: `2001:db8::${i}` }, hasher)
    }
    const answer = await signIn(db, { email, password, address: '2001:db8::ffff' }, hasher)
    expect(answer).toMatchObject({ why: 'throttled' })
  })

  it('opens again when the window has ended', async () => {
    const { db, hasher } = await withModerator(freshDb)
    for (let i = 0; i < 6; i++) await signIn(db, { email, password: 'wrong', address }, hasher)
    await db.update(inboundLimits).set({ endsAt: Date.now() - 1000 })
    expect(await signIn(db, { email, password, address }, hasher)).toMatchObject({ ok: true })
  })

  it('tries fifty passwords from one address, whatever the accounts', async () => {
    const { db, hasher } = await withModerator(freshDb)
    for (let i = 0; i < 60; i++) {
      await signIn(db, { email: `guess-${i}@example.com`, password: 'wrong', address }, hasher)
    }
    expect(hasher.verified).toHaveLength(signInLimits.perAddress)
    expect(await signIn(db, { email, password, address }, hasher)).toMatchObject({ why: 'throttled' })
  })

  it('does not count right passwords', async () => {
    const { db, hasher } = await withModerator(freshDb)
    for (let i = 0; i < 60; i++) {
      expect(await signIn(db, { email, password, address }, hasher)).toMatchObject({ ok: true })
    }
    expect(await db.select().from(inboundLimits)).toMatchObject([{ used: 0 }])
  })

  it('opens nothing for a password that was reset, or a moderator who was disabled, while it was looked at', async () => {
    const { db, hasher } = await withModerator(freshDb)
    const meanwhile = (change: () => Promise<unknown>): PasswordHasher => ({
      hash: hasher.hash,
      verify: async (...args) => {
        await change()
        return await hasher.verify(...args)
      },
    })
    const reset = meanwhile(() => resetPassword(db, { email, password: 'another password' }, hasher))
    expect(await signIn(db, { email, password, address }, reset)).toEqual({ ok: false, why: 'credentials' })
    const disable = meanwhile(() => disableModerator(db, { email }))
    const answer = await signIn(db, { email, password: 'another password', address }, disable)
    expect(answer).toEqual({ ok: false, why: 'credentials' })
    expect(await db.$count(sessions)).toBe(0)
  })

  // On the embedded database no two transactions are ever open at once.
  it.skipIf(kind === 'PGlite')('leaves no session that a reset at the same moment did not end', async () => {
    const { db, hasher } = await withModerator(freshDb)
    const gate = Promise.withResolvers<void>()
    const holder = db.transaction(async (tx) => {
      await tx.select().from(auditHead).for('update')
      await gate.promise
    })
    // The sign-in has made its session and waits to go on record; the reset comes in between.
    const signing = signIn(db, { email, password, address }, hasher)
    await untilWaiting(db, 1)
    const resetting = resetPassword(db, { email }, hasher)
    await untilWaiting(db, 2)
    gate.resolve()
    await Promise.all([holder, signing, resetting])
    expect(await db.select().from(sessions)).toMatchObject([{ revokedAt: expect.any(Number) }])
  })

  it('opens no session when it cannot go on record', async () => {
    const { db, hasher } = await withModerator(freshDb)
    await db.delete(auditHead)
    await expect(signIn(db, { email, password, address }, hasher)).rejects.toThrow()
    expect(await db.$count(sessions)).toBe(0)
  })

  it('lets nobody in when the limits cannot be read', async () => {
    const { db, hasher } = await withModerator(freshDb)
    await db.execute('alter table inbound_limits rename to elsewhere')
    try {
      await expect(signIn(db, { email, password, address }, hasher)).rejects.toThrow()
    } finally {
      await db.execute('alter table elsewhere rename to inbound_limits')
    }
    expect(hasher.verified).toEqual([])
    expect(await db.$count(sessions)).toBe(0)
  })
})

async function withModerator(freshDb: FreshDb) {
  const db = await freshDb()
  const hasher = countingHasher()
  const { id } = await addModerator(db, { email, role: 'moderator', password }, hasher)
  return { db, hasher, id }
}

/** As good as argon2id for telling passwords apart, and free, so that a hundred tries cost nothing. */
function countingHasher(): PasswordHasher & { verified: string[] } {
  const verified: string[] = []
  return {
    verified,
    hash: async (text) => `plain:${randomUUID()}:${text}`,
    verify: async (hash, text) => {
      verified.push(hash)
      return hash.endsWith(`:${text}`)
    },
  }
}

async function signInEvents(db: Db) {
  const rows = await db.select().from(auditEvents).orderBy(auditEvents.seq)
  return rows
    .filter(({ type }) => type.startsWith('sign_in'))
    .map(({ type, actorId, actorName, data }) => ({ type, actorId, actorName, data }))
}
