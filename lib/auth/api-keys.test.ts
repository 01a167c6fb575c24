import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { apiKeys, auditEvents, moderators } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { addApiKey, addApiKeyAtCommandLine } from './add-api-key'
import { findActorOfKey } from './find-actor-of-key'
import { listApiKeys } from './list-api-keys'
import { requirePermission } from './require-permission'
import { revokeApiKey } from './revoke-api-key'
import { type Role, roles } from './roles'

describeOnBothDatabases('API keys', (freshDb) => {
  async function stage(role: Role = 'moderator', scopes = ['bulk-mutes:read' as const]) {
    const db = await freshDb()
    const [admin, holder] = [await addActor(db, 'admin'), await addActor(db, role)]
    const made = await addApiKey({ db }, admin, { name: ' Raids ', email: holder.email, scopes })
    return { db, admin, holder, made }
  }

  test('act as their moderator, narrowed to their scopes', async () => {
    const { db, holder, made } = await stage()
    const actor = await findActorOfKey(db, made.secret)
    expect(actor).toEqual({
      id: holder.id,
      email: holder.email,
      name: holder.name,
      role: 'moderator',
      sessionId: null,
      apiKey: { id: made.id, prefix: made.prefix, scopes: ['bulk-mutes:read'] },
    })
    if (!actor) return
    expect(() => requirePermission(actor, 'accounts:read')).not.toThrow()
    // In the role, not in the scope; and the other way round.
    expect(() => requirePermission(actor, 'mutes:bulk')).toThrow('FORBIDDEN')
    await db.update(moderators).set({ role: 'viewer' }).where(eq(moderators.id, holder.id))
    const lowered = await findActorOfKey(db, made.secret)
    expect(lowered?.role).toBe('viewer')
  })

  test('keep nothing that opens, and are on record', async () => {
    const { db, admin, holder, made } = await stage()
    expect(made.secret).toMatch(/^hd_[0-9a-f]{12}_[\w-]{43}$/)
    expect(made.secret.startsWith(`${made.prefix}_`)).toBe(true)
    const kept = JSON.stringify([await db.select().from(apiKeys), await db.select().from(auditEvents)])
    expect(kept).not.toContain(made.secret.slice(made.prefix.length + 1))
    await revokeApiKey({ db }, admin, { id: made.id })
    const events = await db.select().from(auditEvents).orderBy(auditEvents.seq)
    expect(events).toMatchObject([
      {
        type: 'api_key.created',
        actorId: admin.id,
        data: { key: made.prefix, name: 'Raids', email: holder.email, scopes: ['bulk-mutes:read'] },
      },
      { type: 'api_key.revoked', actorId: admin.id, data: { key: made.prefix, name: 'Raids' } },
    ])
  })

  test.each(['unknown', 'wrong', 'cut', 'nothing', 'revoked', 'disabled'] as const)(
    'open nothing when they are %s',
    async (why) => {
      const { db, admin, holder, made } = await stage()
      const { secret, prefix } = made
      const presented = {
        unknown: secret.replace(prefix, 'hd_000000000000'),
        wrong: `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
        cut: prefix,
        nothing: '',
        revoked: secret,
        disabled: secret,
      }[why]
      expect(await findActorOfKey(db, secret)).not.toBeNull()
      if (why === 'revoked') await revokeApiKey({ db }, admin, { id: made.id })
      if (why === 'disabled')
        await db.update(moderators).set({ disabledAt: Date.now() }).where(eq(moderators.id, holder.id))
      expect(await findActorOfKey(db, presented)).toBeNull()
    },
  )

  test('note their use, at most once a minute', async () => {
    const { db, admin, made } = await stage()
    const used = async () => (await listApiKeys({ db }, admin))[0]?.lastUsedAt
    expect(await used()).toBeNull()
    await findActorOfKey(db, made.secret)
    const first = await used()
    expect(first).toEqual(expect.any(Number))
    await findActorOfKey(db, made.secret)
    expect(await used()).toBe(first)
    await db.update(apiKeys).set({ lastUsedAt: sql`clock_timestamp() - interval '61 seconds'` })
    await findActorOfKey(db, made.secret)
    expect(await used()).toBeGreaterThanOrEqual(first ?? 0)
  })

  test('are kept by administrators alone', async () => {
    const { db, holder, made } = await stage()
    const may: string[] = []
    for (const role of roles) {
      const actor = await addActor(db, role)
      const refused = (error: unknown) => expect(error).toMatchObject({ code: 'FORBIDDEN' })
      const input = { name: 'Mine', email: holder.email, scopes: ['bulk-mutes:write' as const] }
      await addApiKey({ db }, actor, input).then(() => may.push(role), refused)
      if (role === 'admin') continue
      await expect(listApiKeys({ db }, actor)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await revokeApiKey({ db }, actor, { id: made.id }).then(() => may.push(role), refused)
    }
    expect(may).toEqual(['admin'])
  })

  test('are refused to nobody and to a disabled moderator; a second end changes nothing', async () => {
    const { db, admin, holder, made } = await stage()
    const input = { name: 'Key', scopes: ['bulk-mutes:read' as const] }
    const notFound = { code: 'NOT_FOUND' }
    const nobody = { ...input, email: 'nobody@example.com' }
    await expect(addApiKeyAtCommandLine(db, nobody)).rejects.toMatchObject(notFound)
    await db.update(moderators).set({ disabledAt: Date.now() }).where(eq(moderators.id, holder.id))
    const disabled = { ...input, email: holder.email }
    await expect(addApiKeyAtCommandLine(db, disabled)).rejects.toMatchObject(notFound)
    const ends = await Promise.allSettled([1, 2].map(() => revokeApiKey({ db }, admin, { id: made.id })))
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await db.$count(auditEvents)).toBe(2)
  })
})
