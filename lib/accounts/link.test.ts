import { desc, eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import type { Role } from '@/lib/auth/roles'
import type { Db } from '@/lib/db'
import { accountLinks, auditEvents, auditHead } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { accountRef } from '@/lib/mutes/rules'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, startMuteWorld } from '@/lib/testing/mute-world'
import { untilWaiting } from '@/lib/testing/until-waiting'
import { linkAccounts } from './link'
import { linkAccountsSchema, unlinkAccountsSchema } from './link-schemas'
import { linkedWith } from './linked'
import { maxLinked } from './rules'
import type { AccountKey } from './schemas'
import { unlinkAccounts } from './unlink'

const at = (userId: string, connection = 'sg'): AccountKey => ({ connection, userId })

/** The fields that a verb refused with, or its code. */
const refusalOf = (doing: Promise<unknown>) =>
  doing.then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error
      return error.options.fields ?? error.code
    },
  )

describeOnBothDatabases('linked accounts', (freshDb, kind) => {
  let world: MuteWorld
  afterEach(() => world.close())

  async function begin(...ids: string[]) {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const { control } = world.emulator
    const seed = (names: readonly string[]) =>
      control.seed({ accounts: names.map((id) => ({ id, nickname: `The ${id}` })) })
    await seed(ids)
    const ann = { ...(await addActor(db, 'support')), name: 'Ann' }
    const link = (one: AccountKey, other: AccountKey, actor = ann) =>
      linkAccounts(world.context, actor, {
        ...one,
        ...{ otherConnection: other.connection, otherUserId: other.userId, reason: 'The same phone' },
      })
    const reached = async (of: AccountKey) => (await linkedWith(db, of)).map(accountRef)
    return { db, ann, link, reached, control, seed, as: (role: Role) => addActor(db, role) }
  }

  test('hold both ways, and further, saying through whom', async () => {
    const { db, link, control } = await begin('ann', 'ben')
    await control.seed({ zego: { users: [{ id: 'cho', name: 'Cho' }] } })
    await link(at('ben'), at('ann'))
    await link(at('cho', 'zim'), at('ben'))
    expect(await linkedWith(db, at('ann'))).toMatchObject([
      { userId: 'ben', through: null, way: [{ reason: 'The same phone', by: 'The support' }] },
      { connection: 'zim', userId: 'cho', through: at('ben'), way: [{}, {}] },
    ])
    expect(await linkedWith(db, at('cho', 'zim'))).toMatchObject([
      { userId: 'ben', through: null },
      { userId: 'ann', through: at('ben') },
    ])
    expect(await linkedWith(db, at('cho'))).toEqual([])
    const events = await db.select().from(auditEvents).orderBy(desc(auditEvents.seq))
    expect(events).toHaveLength(4)
    expect(events.slice(2)).toMatchObject([
      { type: 'account.linked', userId: 'ann', data: { otherConnection: 'sg', otherUserId: 'ben' } },
      { type: 'account.linked', userId: 'ben', data: { otherConnection: 'sg', otherUserId: 'ann' } },
    ])
    // A reason may tell of a person, and what the audit holds stays for good.
    expect(JSON.stringify(events)).not.toContain('phone')
  })

  test('the same two are one link, whoever names them first, at once too', async () => {
    const { db, link, as } = await begin('ann', 'ben')
    const ben = await as('moderator')
    const done = await Promise.all([
      refusalOf(link(at('ann'), at('ben'))),
      refusalOf(link(at('ben'), at('ann'), ben)),
    ])
    expect(done.filter((refused) => refused === null)).toHaveLength(1)
    expect(done).toContainEqual({ otherUserId: 'already_so' })
    expect(await db.select().from(accountLinks)).toHaveLength(1)
    expect(await db.select().from(auditEvents)).toHaveLength(2)
  })

  test('are taken back by who made them or a lead, once, and nothing else with them', async () => {
    const { db, ann, link, reached, as } = await begin('ann', 'ben', 'cho')
    const { context } = world
    const { linkId } = await link(at('ann'), at('ben'))
    const second = await link(at('ben'), at('cho'))
    expect(await refusalOf(unlinkAccounts(context, await as('moderator'), { linkId }))).toBe('FORBIDDEN')
    expect(await reached(at('ann'))).toEqual(['sg/ben', 'sg/cho'])
    const done = await Promise.all(
      [ann, await as('lead')].map((actor) => refusalOf(unlinkAccounts(context, actor, { linkId }))),
    )
    expect(done.sort()).toEqual(['NOT_FOUND', null])
    expect(await reached(at('ann'))).toEqual([])
    expect(await reached(at('cho'))).toEqual(['sg/ben'])
    expect(await db.select().from(auditEvents).where(eq(auditEvents.type, 'account.unlinked'))).toMatchObject(
      [
        { userId: 'ann', data: { link: linkId, otherUserId: 'ben' } },
        { userId: 'ben', data: { link: linkId, otherUserId: 'ann' } },
      ],
    )
    // What was said stays on record, and can be said again.
    expect(await refusalOf(unlinkAccounts(context, ann, { linkId }))).toBe('NOT_FOUND')
    await link(at('ann'), at('ben'))
    expect(await db.select().from(accountLinks)).toHaveLength(3)
    await unlinkAccounts(context, await as('lead'), second)
  })

  test('are of accounts that are there, or may be', async () => {
    const { db, link, control } = await begin('ann', 'ben')
    expect(await refusalOf(link(at('ann'), at('nobody')))).toEqual({ otherUserId: 'no_such_account' })
    expect(await refusalOf(link(at('nobody'), at('ann')))).toEqual({ userId: 'no_such_account' })
    expect(await refusalOf(link(at('ann'), at('ben', 'gone')))).toBe('UNKNOWN_CONNECTION')
    const viewer = await addActor(db, 'viewer')
    expect(await refusalOf(link(at('ann'), at('ben'), viewer))).toBe('FORBIDDEN')
    expect(await refusalOf(unlinkAccounts(world.context, viewer, { linkId: viewer.id }))).toBe('FORBIDDEN')
    expect(await db.select().from(auditEvents)).toEqual([])
    await control.addFaults({ kind: 'code', code: 10007, api: 'account_check', times: 'always' })
    expect(await refusalOf(link(at('ann'), at('unsure')))).toBeNull()
  })

  test('are twenty at most, over all their steps and at once too', async () => {
    const ids = Array.from({ length: maxLinked + 4 }, (_, index) => `alt_${index + 10}`)
    const { db, link, reached } = await begin(...ids)
    const [hub = '', ...others] = ids
    for (const id of others.slice(0, maxLinked - 1)) await link(at(hub), at(id))
    const last = others.slice(maxLinked - 1)
    const done = await Promise.all(last.map((id) => refusalOf(link(at(others[0] ?? ''), at(id)))))
    expect(done.filter((refused) => refused === null)).toHaveLength(1)
    expect(done.filter(Boolean)).toEqual(Array(3).fill({ otherUserId: 'too_many' }))
    expect(await reached(at(hub))).toHaveLength(maxLinked)
    // Within the same person another link adds nobody.
    await link(at(others[1] ?? ''), at(others[2] ?? ''))
    expect(await db.select().from(accountLinks)).toHaveLength(maxLinked + 1)
    // Two persons who are each within the limit are not together.
    const alone = last.filter((_, index) => done[index] !== null)
    await link(at(alone[0] ?? ''), at(alone[1] ?? ''))
    expect(await refusalOf(link(at(alone[1] ?? ''), at(hub)))).toEqual({ otherUserId: 'too_many' })
  })

  // On the embedded database no two transactions are ever open at once.
  test.skipIf(kind === 'PGlite')('are within the limit also when each of two would be alone', async () => {
    const ids = Array.from({ length: maxLinked + 2 }, (_, index) => `alt_${index + 10}`)
    const { db, ann, link, reached } = await begin(...ids)
    const [hub = '', ...others] = ids
    await db.insert(accountLinks).values(
      others.slice(0, maxLinked - 1).map((otherUserId) => ({
        ...{ id: crypto.randomUUID(), ...at(hub), otherConnection: 'sg', otherUserId },
        ...{ reason: 'said so', linkedBy: ann.id },
      })),
    )
    const done = await whileHeld(db, 2, () =>
      others.slice(maxLinked - 1).map((id, index) => refusalOf(link(at(others[index] ?? ''), at(id)))),
    )
    expect(done.filter(Boolean)).toEqual([{ otherUserId: 'too_many' }])
    expect(await reached(at(hub))).toHaveLength(maxLinked)
  })

  test.skipIf(kind === 'PGlite')(
    'are one link and taken back once by two whose transactions are both open',
    async () => {
      const { db, ann, link, as } = await begin('ann', 'ben')
      const lead = await as('lead')
      const made = await whileHeld(db, 2, () => [
        refusalOf(link(at('ann'), at('ben'))),
        refusalOf(link(at('ben'), at('ann'), lead)),
      ])
      expect(made.filter(Boolean)).toEqual([{ otherUserId: 'already_so' }])
      const [row] = await db.select().from(accountLinks)
      const linkId = row?.id ?? ''
      const gone = await whileHeld(db, 2, () =>
        [row?.linkedBy === ann.id ? ann : lead, lead].map((actor) =>
          refusalOf(unlinkAccounts(world.context, actor, { linkId })),
        ),
      )
      expect(gone.filter(Boolean)).toEqual(['NOT_FOUND'])
      expect(await db.select().from(auditEvents)).toHaveLength(4)
    },
  )
})

/** Has changes wait for each other at the end of the audit, until so many do. */
async function whileHeld<T>(db: Db, count: number, change: () => Promise<T>[]): Promise<T[]> {
  const gate = Promise.withResolvers<void>()
  const isHeld = Promise.withResolvers<void>()
  const holder = db.transaction(async (tx) => {
    await tx.select().from(auditHead).for('update')
    isHeld.resolve()
    await gate.promise
  })
  await isHeld.promise
  const changes = change()
  await untilWaiting(db, count)
  gate.resolve()
  await holder
  return Promise.all(changes)
}

describe('the input of a link', () => {
  const good = { ...at('ann'), otherConnection: 'sg', otherUserId: 'ben', reason: ' Same phone ' }
  test.each([
    [{ otherUserId: 'ann' }, 'otherUserId', 'same_account'],
    [{ otherUserId: 'ann', otherConnection: 'SG' }, 'otherConnection', 'invalid'],
    [{ otherUserId: '静'.repeat(12) }, 'otherUserId', 'not_printable_ascii'],
    [{ reason: '  ' }, 'reason', 'required'],
    [{ reason: 'x'.repeat(201) }, 'reason', 'too_long'],
    [{ reason: 'a\u0007' }, 'reason', 'control_characters'],
  ])('%o is refused', (change, field, code) => {
    const { error } = linkAccountsSchema.safeParse({ ...good, ...change })
    expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toContainEqual([field, code])
  })
  test('is trimmed, and may name one id in two connections', () => {
    expect(linkAccountsSchema.parse({ ...good, otherUserId: 'ann', otherConnection: 'zim' }).reason).toBe(
      'Same phone',
    )
    expect(unlinkAccountsSchema.safeParse({ linkId: 'x' }).success).toBe(false)
  })
})
