import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { accounts, auditEvents } from '@/lib/db/schema'
import { listMuteStates } from '@/lib/mutes/list-states'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { type MuteWorld, startMuteWorld } from '@/lib/testing/mute-world'
import { getAccount } from './get'
import { importAccounts } from './import'
import { rememberAccounts } from './remember'
import { searchAccounts } from './search'

describeOnBothDatabases('searching accounts', (freshDb) => {
  let world: MuteWorld
  afterEach(() => world.close())

  async function begin() {
    const db = await freshDb()
    world = await startMuteWorld(db)
    const actor = await addActor(db, 'viewer')
    const search = async (q: string) => searchAccounts(world.context, actor, { q })
    const found = async (q: string) => (await search(q)).results.map(({ userId }) => userId)
    const remember = (names: Record<string, string | null>) =>
      rememberAccounts(
        db,
        Object.entries(names).map(([userId, nickname]) => ({
          connection: 'sg',
          userId,
          nickname,
          avatarUrl: null,
        })),
      )
    return { db, actor, search, found, remember, control: world.emulator.control }
  }

  test('exact ids are asked at the provider, in the order given, odd signs and all', async () => {
    const { search, control } = await begin()
    const ids = ['@TGS#2 x', 'a%2Fb', 'c#d&e+f?g=h/i']
    await control.seed({
      accounts: ids.map((id) => ({ id, nickname: `Name of ${id}`, presence: 'Online' as const })),
    })
    const { results, missing, invalid } = await search([...ids, 'nobody', 'x'.repeat(33)].join(',\n'))
    expect(
      results.map(({ userId, nickname, exists, presence }) => ({ userId, nickname, exists, presence })),
    ).toEqual(
      ids.map((userId) => ({ userId, nickname: `Name of ${userId}`, exists: true, presence: 'online' })),
    )
    expect(missing).toEqual(['nobody'])
    expect(invalid).toEqual(['x'.repeat(33)])
    expect((await control.violations()).total).toBe(0)
  })

  test('what was looked up is found by name part afterwards', async () => {
    const { search, found, control } = await begin()
    await control.seed({ accounts: [{ id: 'u1', nickname: '王小明' }] })
    await search('u1')
    expect(await found('小明')).toEqual(['u1'])
    expect(await found('明')).toEqual(['u1'])
    expect(await found('小王')).toEqual([])
  })

  test.each([
    ['a part in the middle, whatever the case', 'ATRI', ['u2']],
    ['full-width signs', 'Ｋａｔｒｉｎ', ['u2']],
    ['one character of a wide script', 'く', ['u3']],
    ['a mixed part', 'さく88', ['u3']],
    ['the beginning for one letter', 'k', ['u2']],
    ['an emoji', '🐼', ['u5']],
    ['right to left', 'سلام', ['u6']],
    ['the beginning of an id', 'zz-', ['zz-1', 'zz-2']],
    ['a sign that LIKE knows', '%', ['u7']],
    ['an underscore', '_x', ['u8']],
    ['letters that stand only in a wide key', 'a0z', []],
    ['nothing like it', 'quetzal', []],
  ])('finds by name: %s', async (_name, q, expected) => {
    const { found, remember } = await begin()
    await remember({
      u2: 'Katrin Berg',
      u3: 'さく88ら',
      u4: null,
      u5: 'panda 🐼 fan',
      u6: 'السلام عليكم',
      u7: '% real',
      u8: '_x gamer',
      u9: 'ax one',
      'zz-1': 'Anna',
      'zz-2': 'Ben',
    })
    expect((await found(q)).sort()).toEqual(expected)
  })

  test('names that begin with it come before names that contain it; more than 50 are said', async () => {
    const { search, remember } = await begin()
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`many-${index}`, `the star ${index}`]),
    )
    await remember({ ...many, first: 'Star light' })
    const { results, hasMore } = await search('star')
    expect(results[0]?.userId).toBe('first')
    expect(results).toHaveLength(50)
    expect(hasMore).toBe(true)
  })

  test.each(['star', 'sta'])(
    'of however many that contain it, those that begin with it come: %s',
    async (q) => {
      const { search, remember } = await begin()
      const many = Object.fromEntries(
        Array.from({ length: 400 }, (_, index) => [`many-${index}`, `the star ${index}`]),
      )
      await remember({ ...many, first: 'Star light', 'star-id': 'zed', second: 'Star' })
      const { results } = await search(q)
      expect(
        results
          .slice(0, 3)
          .map(({ userId }) => userId)
          .sort(),
      ).toEqual(['first', 'second', 'star-id'])
    },
  )

  test('a long beginning is compared to its end', async () => {
    const { found, remember } = await begin()
    await remember({ dots: `${'. '.repeat(20)}!`, more: `${'. '.repeat(20)}?` })
    expect(await found(`${'. '.repeat(20)}!`)).toEqual(['dots'])
  })

  test('a provider that cannot be asked is said, and the directory still answers', async () => {
    const { search, remember, control } = await begin()
    await remember({ lin88: 'Lin' })
    await control.addFaults({ kind: 'code', code: 60010, api: 'account_check', times: 'always' })
    const { results, failures, missing } = await search('lin88')
    expect(failures).toEqual([{ connection: 'sg', kind: 'refused', providerCode: 60010 }])
    expect(results).toMatchObject([{ userId: 'lin88', nickname: 'Lin', exists: null }])
    expect(missing).toEqual([])
  })

  test('of several ids, those that the directory knows are listed while the provider is away', async () => {
    const { search, remember, control } = await begin()
    await remember({ lin88: 'Lin', ' x ': 'Spaced', other: 'Other' })
    await control.addFaults({ kind: 'code', code: 60010, api: 'account_check', times: 'always' })
    const { results, failures, missing } = await search('" x ", never_seen, lin88')
    expect(failures).toEqual([{ connection: 'sg', kind: 'refused', providerCode: 60010 }])
    expect(results).toMatchObject([
      { userId: ' x ', nickname: 'Spaced', exists: null, presence: null },
      { userId: 'lin88', nickname: 'Lin', exists: null, presence: null },
    ])
    expect(results).toHaveLength(2)
    expect(missing).toEqual([])
  })

  test('what the provider says does not exist is not listed because it once did', async () => {
    const { search, remember } = await begin()
    await remember({ gone: 'Gone', gone_too: 'Gone too' })
    expect(await search('gone, gone_too')).toMatchObject({ results: [], missing: ['gone', 'gone_too'] })
  })

  test.each(['.', '..', ' x ', 'a,b', '"q"'])(
    'an id between quotation marks is exactly that id: %j',
    async (id) => {
      const { found, control } = await begin()
      await control.seed({ accounts: [id, 'x', 'a', 'b', 'q'].map((seeded) => ({ id: seeded })) })
      expect(await found(`"${id.replaceAll('"', '""')}"`)).toEqual([id])
    },
  )

  test('at most 100 ids; not without the right; only connections that there are', async () => {
    const { actor, search } = await begin()
    const ids = Array.from({ length: 101 }, (_, index) => `id-${index}`)
    await expect(search(ids.join('\n'))).rejects.toMatchObject({ options: { fields: { q: 'too_many' } } })
    await expect(search(ids.slice(1).join('\n'))).resolves.toMatchObject({ results: [] })
    const elsewhere = searchAccounts(world.context, actor, { q: 'lin88', connection: 'mars' })
    await expect(elsewhere).rejects.toMatchObject({ code: 'UNKNOWN_CONNECTION' })
  })

  test('the mutes of what was found are read at the provider', async () => {
    const { actor } = await begin()
    const userId = await world.addAccount({ oneToOne: 'forever' })
    const account = { connection: 'sg', userId }
    const { states } = await listMuteStates(world.context, actor, { accounts: [account], fresh: [account] })
    expect(states[`sg/${userId}`]?.map(({ until }) => until)).toEqual(['forever', null])
  })

  test('an account’s view says whether it exists and remembers its name when the provider is away', async () => {
    const { actor, control } = await begin()
    const userId = await world.addAccount()
    const view = await getAccount(world.context, actor, { connection: 'sg', userId })
    expect(view).toMatchObject({ account: { exists: true, nickname: 'Name 1' }, failure: null })
    const nobody = await getAccount(world.context, actor, { connection: 'sg', userId: 'nobody' })
    expect(nobody.account.exists).toBe(false)
    await control.addFaults({ kind: 'code', code: 60010, times: 'always' })
    const away = await getAccount(world.context, actor, { connection: 'sg', userId })
    expect(away).toMatchObject({
      account: { exists: null, nickname: 'Name 1' },
      failure: { providerCode: 60010 },
    })
  })

  test('a CSV feeds the directory; lines that cannot be accounts are named', async () => {
    const { db, found } = await begin()
    const csv = '\ufeffuser_id,nickname\r\nlin88,"Lin, ""the"" one"\r\n小明,x\r\n@TGS#1 y,さくら\r\n'
    const result = await importAccounts(db, 'sg', Readable.from([csv]))
    expect(result).toEqual({
      imported: 2,
      skipped: [{ line: 3, field: 'user_id', problem: 'not_printable_ascii' }],
    })
    expect(await found('"the"')).toEqual(['lin88'])
    expect(await found('くら')).toEqual(['@TGS#1 y'])
    expect(await db.select().from(auditEvents)).toMatchObject([
      { type: 'directory.imported', actorName: 'command line' },
    ])
    await expect(importAccounts(db, 'sg', Readable.from(['name\nx\n']))).rejects.toThrow('no column user_id')
    const missing = createReadStream('/nowhere/accounts.csv')
    await expect(importAccounts(db, 'sg', missing)).rejects.toThrow('no such file')
  })

  test('of a CSV that breaks off, what came before it stays and is on record', async () => {
    const { db } = await begin()
    const rows = Array.from({ length: 1_100 }, (_, index) => `acc${index},Name\n`)
    async function* broken() {
      yield `user_id,nickname\n${rows.join('')}`
      await expect.poll(() => db.$count(accounts)).toBe(1_000)
      yield 'acc1100,"never closed\n'
    }
    await expect(importAccounts(db, 'sg', Readable.from(broken()))).rejects.toThrow('Quote Not Closed')
    expect(await db.$count(accounts)).toBe(1_000)
    expect(await db.select().from(auditEvents)).toMatchObject([
      { type: 'directory.imported', data: { imported: 1_000, skipped: 0, isBrokenOff: true } },
    ])
  })

  test('an account seen again within a minute under the same name costs no write', async () => {
    const { db, remember } = await begin()
    await remember({ lin88: 'Lin' })
    const [before] = await db.select().from(accounts)
    await remember({ lin88: 'Lin' })
    expect((await db.select().from(accounts))[0]?.seenAt).toBe(before?.seenAt)
    await remember({ lin88: 'Lin the second' })
    expect((await db.select().from(accounts))[0]).toMatchObject({ nickname: 'Lin the second' })
  })
})
