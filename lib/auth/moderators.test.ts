import { expect, it } from 'vitest'
import type { Db } from '@/lib/db'
import { auditEvents, auditHead, moderators } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addModerator } from './add-moderator'
import { disableModerator } from './disable-moderator'
import { enableModerator } from './enable-moderator'
import { listModerators } from './list-moderators'
import { resetPassword } from './reset-password'
import { maxNameLength } from './schemas'
import { signIn } from './sign-in'

const address = '198.51.100.1'

describeOnBothDatabases('the command line verbs', (freshDb) => {
  it('add a moderator whose made-up password works and whose hash alone is kept', async () => {
    const db = await freshDb()
    const { email, password } = await addModerator(db, { email: ' Mo@Example.COM ', role: 'support' })
    expect(email).toBe('mo@example.com')
    expect(await signIn(db, { email, password, address })).toMatchObject({ ok: true })
    const rows = await db.select().from(moderators)
    expect(rows).toMatchObject([{ email, name: 'mo', role: 'support', disabledAt: null }])
    expect(JSON.stringify(rows)).not.toContain(password)
    expect(await events(db)).toEqual([
      { type: 'moderator.added', actorId: null, actorName: 'command line', data: { email, role: 'support' } },
    ])
  })

  it('add with a given name and password', async () => {
    const db = await freshDb()
    const added = await addModerator(db, {
      email: 'a@example.com',
      role: 'lead',
      name: '李 Ann',
      password: 'long enough',
    })
    expect(added.password).toBe('long enough')
    expect(await db.select().from(moderators)).toMatchObject([{ name: '李 Ann' }])
  })

  it('take no address twice, also at once', async () => {
    const db = await freshDb()
    const tries = ['a@example.com', 'A@example.com', 'a@EXAMPLE.com'].map((email) =>
      addModerator(db, { email, role: 'viewer' }),
    )
    const results = await Promise.allSettled(tries)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toEqual(refusal({ email: 'duplicate' }))
    }
    expect(await events(db)).toHaveLength(1)
  })

  it.each([
    [{ email: 'no address', role: 'viewer' }, { email: 'invalid' }],
    [{ email: `${'a'.repeat(250)}@example.com`, role: 'viewer' }, { email: 'too_long' }],
    [{ email: 'a@example.com', role: 'owner' }, { role: 'invalid' }],
    [{ email: 'a@example.com', role: 'viewer', name: ' ' }, { name: 'required' }],
    [{ email: 'a@example.com', role: 'viewer', name: 'n'.repeat(maxNameLength + 1) }, { name: 'too_long' }],
    [{ email: 'a@example.com', role: 'viewer', password: 'short' }, { password: 'invalid' }],
    [{ email: 'a@example.com', role: 'viewer', isAdmin: true }, { input: 'invalid' }],
  ])('refuse %j', async (input, fields) => {
    const db = await freshDb()
    // As the command line could hand it over: nothing has checked the words yet.
    await expect(addModerator(db, input as Parameters<typeof addModerator>[1])).rejects.toThrow(
      'INVALID_INPUT',
    )
    await expect(addModerator(db, input as Parameters<typeof addModerator>[1])).rejects.toHaveProperty(
      'options.fields',
      fields,
    )
    expect(await db.$count(moderators)).toBe(0)
    expect(await events(db)).toEqual([])
  })

  it('disable once', async () => {
    const db = await freshDb()
    const { email, password } = await addModerator(db, { email: 'a@example.com', role: 'viewer' })
    await disableModerator(db, { email: 'A@example.com' })
    expect(await signIn(db, { email, password, address })).toEqual({ ok: false, why: 'credentials' })
    await expect(disableModerator(db, { email })).rejects.toEqual(refusal({ email: 'already_so' }))
    await expect(disableModerator(db, { email: 'b@example.com' })).rejects.toEqual(new AppError('NOT_FOUND'))
    expect((await events(db)).filter(({ type }) => type === 'moderator.disabled')).toEqual([
      { type: 'moderator.disabled', actorId: null, actorName: 'command line', data: { email } },
    ])
  })

  it('enable whom they disabled, with the old password, and once', async () => {
    const db = await freshDb()
    const { email, password } = await addModerator(db, { email: 'a@example.com', role: 'support' })
    await expect(enableModerator(db, { email })).rejects.toEqual(refusal({ email: 'already_so' }))
    await disableModerator(db, { email })
    await enableModerator(db, { email: 'A@example.com' })
    expect(await signIn(db, { email, password, address })).toMatchObject({ ok: true })
    await expect(enableModerator(db, { email })).rejects.toEqual(refusal({ email: 'already_so' }))
    await expect(enableModerator(db, { email: 'b@example.com' })).rejects.toEqual(new AppError('NOT_FOUND'))
    expect((await events(db)).filter(({ type }) => type === 'moderator.enabled')).toEqual([
      { type: 'moderator.enabled', actorId: null, actorName: 'command line', data: { email } },
    ])
  })

  it('reset a password: the old one is over, the new one works, a disabled moderator stays out', async () => {
    const db = await freshDb()
    const { email, password } = await addModerator(db, { email: 'a@example.com', role: 'viewer' })
    const reset = await resetPassword(db, { email })
    expect(await signIn(db, { email, password, address })).toMatchObject({ ok: false })
    expect(await signIn(db, { email, password: reset.password, address })).toMatchObject({ ok: true })
    await disableModerator(db, { email })
    const again = await resetPassword(db, { email, password: 'another password' })
    expect(await signIn(db, { email, password: again.password, address })).toMatchObject({ ok: false })
    expect((await events(db)).filter(({ type }) => type === 'moderator.password_reset')).toHaveLength(2)
    await expect(resetPassword(db, { email: 'b@example.com' })).rejects.toEqual(new AppError('NOT_FOUND'))
    await expect(resetPassword(db, { email, password: 'short' })).rejects.toEqual(
      refusal({ password: 'invalid' }),
    )
  })

  it('list everybody, by address, with their last use', async () => {
    const db = await freshDb()
    const { password } = await addModerator(db, { email: 'b@example.com', role: 'admin', name: 'Bea' })
    await addModerator(db, { email: 'a@example.com', role: 'viewer' })
    await disableModerator(db, { email: 'a@example.com' })
    await signIn(db, { email: 'b@example.com', password, address })
    expect(await listModerators(db)).toEqual([
      expect.objectContaining({ email: 'a@example.com', disabledAt: expect.any(Number), seenAt: null }),
      expect.objectContaining({
        email: 'b@example.com',
        name: 'Bea',
        disabledAt: null,
        seenAt: expect.any(Number),
      }),
    ])
  })

  it('change nothing when the change cannot go on record', async () => {
    const db = await freshDb()
    const { email } = await addModerator(db, { email: 'a@example.com', role: 'viewer' })
    const before = await db.select().from(moderators)
    await db.delete(auditHead)
    await expect(addModerator(db, { email: 'b@example.com', role: 'viewer' })).rejects.toThrow()
    await expect(disableModerator(db, { email })).rejects.toThrow()
    await expect(resetPassword(db, { email })).rejects.toThrow()
    expect(await db.select().from(moderators)).toEqual(before)
    const disabled = await db.update(moderators).set({ disabledAt: 0 }).returning()
    await expect(enableModerator(db, { email })).rejects.toThrow()
    expect(await db.select().from(moderators)).toEqual(disabled)
  })
})

function refusal(fields: Record<string, string>) {
  return expect.objectContaining({ code: 'INVALID_INPUT', options: expect.objectContaining({ fields }) })
}

async function events(db: Db) {
  const rows = await db.select().from(auditEvents).orderBy(auditEvents.seq)
  return rows
    .filter(({ type }) => type.startsWith('moderator.'))
    .map(({ type, actorId, actorName, data }) => ({ type, actorId, actorName, data }))
}
