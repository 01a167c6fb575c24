import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { roles } from '@/lib/auth/roles'
import { accounts, groups, muteStates } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addCaseOf, addCommand, ledgerContext, ledgerNow } from '@/lib/testing/ledger-stage'
import { addActor } from '@/lib/testing/moderators'
import { exportMutesInForce } from './export-in-force'
import { type LedgerFilters, listInForceSchema } from './ledger-schemas'
import { listMuteAuthors } from './list-authors'
import { listMutesInForce } from './list-in-force'

const now = ledgerNow
const minute = 60_000
const hour = 60 * minute

type State = typeof muteStates.$inferInsert

describeOnBothDatabases('listMutesInForce', (freshDb) => {
  test('is for every role, and so are the authors', async () => {
    const context = ledgerContext(await freshDb())
    for (const role of roles) {
      const actor = await addActor(context.db, role)
      expect(await listMutesInForce(context, actor, {})).toEqual({
        mutes: [],
        next: null,
        previous: null,
        serverNow: now,
      })
      expect(await listMuteAuthors(context, actor)).toEqual([])
    }
  })

  test('tells who, why, when and under which names', async () => {
    const context = ledgerContext(await freshDb())
    const actor = await addActor(context.db)
    await addActor(context.db)
    const commandId = await addCommand(context.db, actor.id, 'scam')
    await context.db.insert(accounts).values({ connection: 'sg', userId: 'u1', nickname: '王小明' })
    await context.db.insert(groups).values({ connection: 'sg', groupId: 'g1', name: 'Night market' })
    const until = now + hour
    await context.db.insert(muteStates).values([
      { connection: 'sg', userId: 'u1', groupId: 'g1', scope: 'group', until, changedAt: now, commandId },
      { connection: 'sg', userId: '', groupId: 'g2', topicId: 't', scope: 'everyone', until: 'forever' },
    ])
    const { mutes } = await listMutesInForce(context, actor, {})
    expect(mutes).toEqual([
      {
        connection: 'sg',
        userId: 'u1',
        nickname: '王小明',
        groupId: 'g1',
        groupName: 'Night market',
        topicId: null,
        scope: 'group',
        version: 0,
        until,
        ledgerUntil: until,
        roles: null,
        ledgerRoles: null,
        drift: null,
        cause: {
          bulkId: null,
          case: null,
          actorName: actor.name,
          requestedAt: now - minute,
          reason: { category: 'scam', text: 'Asked for money' },
        },
        checkedAt: null,
      },
      {
        connection: 'sg',
        userId: '',
        nickname: null,
        groupId: 'g2',
        groupName: null,
        topicId: 't',
        scope: 'everyone',
        version: 0,
        until: 'forever',
        ledgerUntil: 'forever',
        roles: null,
        ledgerRoles: null,
        drift: null,
        cause: null,
        checkedAt: null,
      },
    ])
    expect(await listMuteAuthors(context, actor)).toEqual([{ id: actor.id, name: actor.name }])
  })

  test('names nobody as the author of a mute that somebody set elsewhere after theirs was over', async () => {
    const context = ledgerContext(await freshDb())
    const actor = await addActor(context.db)
    const commandId = await addCommand(context.db, actor.id, 'spam')
    await context.db.insert(muteStates).values({
      connection: 'sg',
      userId: 'u1',
      scope: 'one_to_one',
      until: now - hour,
      commandId,
      changedAt: now - 2 * hour,
      observedUntil: 'forever',
      observedAt: now - minute,
    })
    const { mutes } = await listMutesInForce(context, actor, { drift: 'only' })
    expect(mutes).toMatchObject([{ until: 'forever', drift: 'set_outside', cause: null }])
    for (const filter of [{ actorId: actor.id }, { category: 'spam' as const }])
      expect((await listMutesInForce(context, actor, filter)).mutes).toEqual([])
  })

  test('names the case of a mute, also where a run gave it, and finds it as both', async () => {
    const context = ledgerContext(await freshDb())
    const actor = await addActor(context.db)
    const bulkId = crypto.randomUUID()
    const ofRun = await addCommand(context.db, actor.id, 'scam', bulkId)
    const single = await addCommand(context.db, actor.id, 'scam')
    const of = await addCaseOf(context.db, ofRun)
    const until = now + hour
    await context.db.insert(muteStates).values([
      { connection: 'sg', userId: 'u1', scope: 'one_to_one', until, commandId: ofRun },
      { connection: 'sg', userId: 'u2', scope: 'one_to_one', until, commandId: single },
      { connection: 'sg', userId: 'u3', scope: 'one_to_one', until },
    ])
    const listed = async (filters: LedgerFilters) =>
      (await listMutesInForce(context, actor, filters)).mutes.map(({ userId, cause }) => [
        userId,
        cause?.case,
      ])
    expect(await listed({})).toEqual([
      ['u1', of],
      ['u2', null],
      ['u3', undefined],
    ])
    expect(await listed({ cause: 'case' })).toEqual([['u1', of]])
    expect(await listed({ cause: 'bulk' })).toEqual([['u1', of]])
    expect(await listed({ cause: 'single' })).toEqual([['u2', null]])
    const { csv } = await exportMutesInForce(context, actor, { cause: 'case' })
    const rows: unknown[] = parse(csv, { bom: true, columns: true })
    expect(rows).toMatchObject([{ user_id: 'u1', bulk_mute: bulkId, case: `${of.number}` }])
  })

  test('a mute that is over by the time of the next page is skipped', async () => {
    const db = await freshDb()
    const actor = await addActor(db)
    const states = Array.from({ length: 101 }, (_, index): State => {
      const userId = `u${String(index).padStart(3, '0')}`
      return { connection: 'sg', userId, scope: 'one_to_one', until: now + index * minute + 1 }
    })
    await db.insert(muteStates).values(states)
    const first = await listMutesInForce(ledgerContext(db), actor, {})
    const later = ledgerContext(db, now + 75 * minute + 1)
    const input = listInForceSchema.parse({ after: first.next })
    const second = await listMutesInForce(later, actor, input)
    expect(second.mutes.map(({ userId }) => userId)).toEqual(states.slice(76).map(({ userId }) => userId))
    expect(second.next).toBeNull()
    const before = listInForceSchema.parse({ before: second.previous })
    expect((await listMutesInForce(later, actor, before)).mutes).toEqual([])
  })
})

test.each([
  '',
  'forever',
  'soon\nsg\nu1\n\n\none_to_one',
  `${10 ** 15}\nsg\nu1\n\n\none_to_one`,
  '1\nsg\nu\u0000\n\n\none_to_one',
  '1\nsg\nu1\n\n\nnowhere',
  '1\nsg\nu1\n\n\none_to_one\nmore',
])('a cursor like %j is refused', (after) => {
  expect(listInForceSchema.safeParse({ after }).success).toBe(false)
})
