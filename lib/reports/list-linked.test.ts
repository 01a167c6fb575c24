import { expect, test } from 'vitest'
import type { Db } from '@/lib/db'
import { accountLinks, accounts, muteStates } from '@/lib/db/schema'
import type { MuteScope, Until } from '@/lib/mutes/schemas'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { getCase } from './get'
import { listLinkedAccounts } from './list-linked'

const hour = 3_600_000

async function begin(db: Db) {
  const stage = await startCasework(db)
  const { ann, context } = stage
  return {
    ...stage,
    context: { ...context, provider: () => ({}) as ReturnType<typeof context.provider> },
    link: async (userId: string, otherUserId: string, linkedBy = ann.id) =>
      db.insert(accountLinks).values({
        ...{ id: crypto.randomUUID(), connection: 'sg', userId },
        ...{ otherConnection: 'sg', otherUserId, reason: 'Same phone', linkedBy },
      }),
    hold: (userId: string, scope: MuteScope, until: Until, groupId = '') =>
      db.insert(muteStates).values({ connection: 'sg', userId, scope, until, groupId, observedUntil: until }),
  }
}

describeOnBothDatabases('what is known of linked accounts', (freshDb) => {
  test('is their mutes in force and their open cases', async () => {
    const db = await freshDb()
    const { context, ann, ben, link, hold, addCase } = await begin(db)
    const now = Date.now()
    await link('lin', 'lin2')
    await link('lin2', 'lin3', ben.id)
    await db.insert(accounts).values({ connection: 'sg', userId: 'lin2', nickname: 'Lin the second' })
    await hold('lin2', 'one_to_one', 'forever')
    await hold('lin2', 'all_groups', now - hour)
    await hold('lin2', 'group', now + hour, 'g1')
    await hold('lin2', 'group', now + 2 * hour, 'g2')
    await hold('lin2', 'group', now - hour, 'g3')
    await hold('lin', 'one_to_one', now + hour)
    for (const groupId of ['a', 'b', 'c', 'd']) await addCase({ accusedId: 'lin2', groupId })
    await addCase({ accusedId: 'lin2', groupId: 'e', status: 'closed' })
    const { linked } = await listLinkedAccounts(context, ann, { connection: 'sg', userId: 'lin' })
    expect(linked).toMatchObject([
      {
        ...{ userId: 'lin2', nickname: 'Lin the second', through: null, says: ['Ann'], openCases: 4 },
        link: { by: 'Ann', reason: 'Same phone', canRemove: true },
        cases: [{}, {}, {}],
        mutes: [
          { scope: 'one_to_one', count: 1, until: 'forever' },
          { scope: 'group', count: 2, until: now + 2 * hour },
        ],
      },
      {
        ...{ userId: 'lin3', nickname: null, through: { userId: 'lin2' }, says: ['Ann', 'Ben'] },
        ...{ link: { by: 'Ben', canRemove: false }, cases: [], openCases: 0, mutes: [] },
      },
    ])
    const asked = { connection: 'sg', userId: 'lin3' }
    const canRemove = async (actor: typeof ann) =>
      (await listLinkedAccounts(context, actor, asked)).linked.map((one) => one.link.canRemove)
    expect(await canRemove(ann)).toEqual([false, false])
    expect(await canRemove(ben)).toEqual([true, false])
    expect(await canRemove(await addActor(db, 'lead'))).toEqual([true, false])
    await expect(listLinkedAccounts(context, await addActor(db, 'viewer'), asked)).rejects.toThrow(
      'FORBIDDEN',
    )
  })

  test('says in a case who of its reporters is the accused', async () => {
    const { context, ann, link, addCase, addReport } = await begin(await freshDb())
    const own = await addCase({ accusedId: 'lin', reportCount: 2, reporterCount: 2 })
    await addReport(own, { reporterId: 'lin3' })
    await addReport(own, { reporterId: 'mei' })
    await addReport(await addCase({ accusedId: 'lin', groupId: 'g' }), { reporterId: 'lin2' })
    const before = await getCase(context, ann, { caseId: own.id })
    expect(before.linked).toEqual([])
    await link('lin', 'lin2')
    await link('lin2', 'lin3')
    const { case: after, linked } = await getCase(context, ann, { caseId: own.id })
    expect(linked.map(({ userId, isReporter }) => [userId, isReporter])).toEqual([
      ['lin3', true],
      ['lin2', false],
    ])
    // It is for people to know: nothing about the case has changed.
    expect(after).toEqual(before.case)
  })
})
