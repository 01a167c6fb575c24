import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Db } from '@/lib/db'
import { auditEvents, sessions } from '@/lib/db/schema'
import { describeOnBothDatabases, type FreshDb } from '@/lib/testing/fresh-db'
import { actorOfSession } from './actor-of-session'
import { addModerator } from './add-moderator'
import { disableModerator } from './disable-moderator'
import { enableModerator } from './enable-moderator'
import { resetPassword } from './reset-password'
import { sessionCookie, sessionIdOfToken } from './session-cookie'
import { signOut } from './sign-out'

const email = 'mod@example.com'
const second = 1000
const minute = 60 * second
const hour = 60 * minute
/** The database's clock and this one are on one machine here; rows are written so much away from a border. */
const margin = 5 * second
/** How far apart next-auth lets clocks be when it reads a token's end, and a second for rounding. */
const toleratedMs = 16 * second

describeOnBothDatabases('a session', (freshDb) => {
  it('belongs to its moderator, as the database knows them now', async () => {
    const { db, id } = await withModerator(freshDb)
    const sessionId = await openSession(db, id)
    expect(await actorOfSession(db, sessionId)).toEqual({
      id,
      email,
      name: 'Mo',
      role: 'moderator',
      sessionId,
    })
    await db.execute(`update moderators set role = 'viewer', name = 'Momo'`)
    expect(await actorOfSession(db, sessionId)).toMatchObject({ name: 'Momo', role: 'viewer' })
  })

  it('is nobody when there is no such row', async () => {
    const { db } = await withModerator(freshDb)
    expect(await actorOfSession(db, randomUUID())).toBeNull()
  })

  it.each([
    ['used just now', 0, 0, true],
    ['idle for less than 30 minutes', 2 * hour, 30 * minute - margin, true],
    ['idle for 30 minutes', 2 * hour, 30 * minute, false],
    ['signed in less than 8 hours ago', 8 * hour - margin, 0, true],
    ['signed in 8 hours ago, however busy', 8 * hour, 0, false],
  ])('%s', async (_, ageMs, idleMs, isLive) => {
    const { db, id } = await withModerator(freshDb)
    const now = Date.now()
    const sessionId = await openSession(db, id, { createdAt: now - ageMs, seenAt: now - idleMs })
    expect((await actorOfSession(db, sessionId)) !== null).toBe(isLive)
  })

  it('notes its use, at most once a minute', async () => {
    const { db, id } = await withModerator(freshDb)
    const now = Date.now()
    const old = await openSession(db, id, { createdAt: now - hour, seenAt: now - minute })
    const recent = await openSession(db, id, { createdAt: now - hour, seenAt: now - minute + margin })
    for (const sessionId of [old, recent]) await actorOfSession(db, sessionId)
    const seenAt = new Map((await db.select().from(sessions)).map((row) => [row.id, row.seenAt]))
    expect(seenAt.get(old)).toBeGreaterThanOrEqual(now - margin)
    expect(seenAt.get(recent)).toBe(now - minute + margin)
  })

  it('that is over is not brought back by being used', async () => {
    const { db, id } = await withModerator(freshDb)
    const seenAt = Date.now() - hour
    const sessionId = await openSession(db, id, { createdAt: seenAt, seenAt })
    await actorOfSession(db, sessionId)
    expect(await db.select().from(sessions)).toMatchObject([{ seenAt }])
    expect(await actorOfSession(db, sessionId)).toBeNull()
  })

  it('ends with the sign-out, for good and once on record', async () => {
    const { db, id } = await withModerator(freshDb)
    const sessionId = await openSession(db, id)
    const other = await openSession(db, id)
    await Promise.all([signOut(db, sessionId), signOut(db, sessionId)])
    await signOut(db, sessionId)
    await signOut(db, randomUUID())
    expect(await actorOfSession(db, sessionId)).toBeNull()
    expect(await actorOfSession(db, other)).toMatchObject({ id })
    const events = (await db.select().from(auditEvents)).filter(({ type }) => type === 'sign_out')
    expect(events).toMatchObject([{ actorId: id, actorName: 'Mo', outcome: 'ok' }])
  })

  it('ends when its moderator is disabled or gets a new password, and only theirs', async () => {
    const { db, id } = await withModerator(freshDb)
    const other = await addModerator(db, { email: 'other@example.com', role: 'lead' })
    const kept = await openSession(db, other.id)
    const first = [await openSession(db, id), await openSession(db, id)]
    await resetPassword(db, { email })
    for (const sessionId of first) expect(await actorOfSession(db, sessionId)).toBeNull()
    const next = await openSession(db, id)
    expect(await actorOfSession(db, next)).toMatchObject({ id })
    await disableModerator(db, { email })
    expect(await actorOfSession(db, next)).toBeNull()
    const open = (await db.select().from(sessions)).filter(({ revokedAt }) => revokedAt === null)
    expect(open.map((session) => session.id)).toEqual([kept])
    // Also one that would come to be after the sessions were ended.
    expect(await actorOfSession(db, await openSession(db, id))).toBeNull()
    expect(await actorOfSession(db, kept)).toMatchObject({ id: other.id })
  })

  it('stays ended when its moderator is enabled again, also one that came to be in between', async () => {
    const { db, id } = await withModerator(freshDb)
    const before = await openSession(db, id)
    await disableModerator(db, { email })
    const between = await openSession(db, id)
    await enableModerator(db, { email })
    for (const ended of [before, between]) expect(await actorOfSession(db, ended)).toBeNull()
    expect(await actorOfSession(db, await openSession(db, id))).toMatchObject({ id })
  })

  it('is refused in all of a hundred requests after its moderator was disabled', async () => {
    const { db, id } = await withModerator(freshDb)
    const sessionId = await openSession(db, id)
    const before = Array.from({ length: 50 }, () => actorOfSession(db, sessionId))
    await disableModerator(db, { email })
    const after = Array.from({ length: 100 }, () => actorOfSession(db, sessionId))
    expect(await Promise.all(after)).toEqual(after.map(() => null))
    await Promise.all(before)
  })
})

describe('the cookie', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is pinned to the host and to TLS over https, and plain over http', () => {
    expect(sessionCookie('https://mod.example.com')).toEqual({
      name: '__Host-hushdesk.session',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
    })
    expect(sessionCookie('http://localhost:3000')).toEqual({
      name: 'hushdesk.session',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: false },
    })
  })

  it('gives a session id only from a token that this console made and that still holds', async () => {
    const secret = 'a'.repeat(32)
    const sid = randomUUID()
    const token = await encode({ token: { sid }, secret, maxAge: 60 })
    expect(await sessionIdOfToken(token, secret)).toBe(sid)
    const middle = token.length - 40
    const letter = token[middle] === 'A' ? 'B' : 'A'
    const altered = `${token.slice(0, middle)}${letter}${token.slice(middle + 1)}`
    const refused = [
      '',
      'x',
      altered,
      await encode({ token: { sid }, secret: 'b'.repeat(32), maxAge: 60 }),
      await encode({ token: { sid }, secret, maxAge: -60 }),
      await encode({ token: { sid: 'not-a-uuid' }, secret, maxAge: 60 }),
      await encode({ token: { sub: sid }, secret, maxAge: 60 }),
      sid,
    ]
    for (const text of refused) expect(await sessionIdOfToken(text, secret)).toBeNull()
    expect(await sessionIdOfToken(token, 'b'.repeat(32))).toBeNull()
  })

  it('that was read before is refused when it is altered anywhere, and when it has expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const secret = 'a'.repeat(32)
    const sid = randomUUID()
    const token = await encode({ token: { sid }, secret, maxAge: 60 })
    for (let time = 0; time < 2; time += 1) expect(await sessionIdOfToken(token, secret)).toBe(sid)
    // The last letter of a part may hold bits that stand for nothing.
    const places = [...token].flatMap((_, at) => (/^\w[\w-]/.test(token.slice(at)) ? [at] : []))
    expect(places.length).toBeGreaterThan(100)
    for (const at of places) {
      const altered = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
      expect(await sessionIdOfToken(altered, secret)).toBeNull()
    }
    vi.setSystemTime(Date.now() + minute + toleratedMs)
    expect(await sessionIdOfToken(token, secret)).toBeNull()
  })
})

async function withModerator(freshDb: FreshDb) {
  const db = await freshDb()
  const { id } = await addModerator(db, { email, role: 'moderator', name: 'Mo' })
  return { db, id }
}

async function openSession(
  db: Db,
  moderatorId: string,
  instants: { createdAt?: number; seenAt?: number } = {},
): Promise<string> {
  const id = randomUUID()
  await db.insert(sessions).values({ id, moderatorId, ...instants })
  return id
}
