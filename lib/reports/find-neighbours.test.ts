import { expect, test } from 'vitest'
import { muteStates } from '@/lib/db/schema'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { listCasesSchema } from './case-schemas'
import { findNeighbours } from './find-neighbours'
import { holdCase } from './hold'
import { listCases } from './list'
import { type NeighboursDto, neighboursSchema } from './neighbour-schemas'
import { placeIn } from './queue-place'
import { type QueueTab, queuePageSize, queueTabs } from './queue-rules'

const base = Date.UTC(2026, 10, 21, 9)
const idsOf = ({ previous, next, isListed }: NeighboursDto) => [previous?.id, next?.id, isListed]

describeOnBothDatabases('the way through a list', (freshDb) => {
  test('leads from case to case in the order of each tab, and back', async () => {
    const { context, db, ann, ben, addCase, claim } = await startCasework(await freshDb())
    for (let n = 0; n < 4; n += 1) {
      await addCase({ priority: n % 2, dueAt: base + (n % 3) })
      await addCase({ status: 'appealed', priority: n % 2, dueAt: base })
      await addCase({ status: 'closed', closedAt: base + (n % 2) })
      await claim(ann, await addCase({ priority: n }))
      const { id } = await addCase()
      await holdCase(context, ben, { caseId: id, version: 1, seconds: 600 + n })
      const { accusedId } = await addCase({ status: 'closed', closedAt: base - n })
      await db.insert(muteStates).values({
        ...{ connection: 'sg', userId: accusedId, groupId: '', topicId: '', scope: 'one_to_one' },
        until: Date.now() + (10 + n) * 60_000,
      })
    }
    for (const tab of ['new', 'mine', 'held', 'appeals', 'done', 'expiring'] as const) {
      const { cases } = await listCases(context, ann, { tab })
      expect(cases.length).toBeGreaterThanOrEqual(4)
      for (const [index, { id }] of cases.entries()) {
        const around = await findNeighbours(context, ann, { caseId: id, tab })
        expect(idsOf(around)).toEqual([cases[index - 1]?.id, cases[index + 1]?.id, true])
        expect(around.page).toBeNull()
      }
    }
  })

  test('goes on from where a case stood that has left the list, and stays within its filters', async () => {
    const { context, ann, addCase, claim } = await startCasework(await freshDb())
    const about = { category: 'scam', priority: 5 } as const
    const first = await addCase({ ...about, dueAt: base })
    await addCase({ priority: 5, dueAt: base + 1 })
    const second = await addCase({ ...about, dueAt: base + 2 })
    const third = await addCase({ ...about, dueAt: base + 3 })
    const list = { tab: 'new', category: 'scam' } as const
    const { cases } = await listCases(context, ann, list)
    expect(cases.map(({ id }) => id)).toEqual([first.id, second.id, third.id])
    const places = cases.map((one) => placeIn('new', one))
    const around = (caseId: string, at?: string) =>
      findNeighbours(context, ann, neighboursSchema.parse({ caseId, ...list, at }))
    await claim(ann, second)
    expect(idsOf(await around(second.id, places[1]))).toEqual([first.id, third.id, false])
    await claim(ann, third)
    expect(idsOf(await around(third.id, places[2]))).toEqual([first.id, undefined, false])
    expect(idsOf(await around(first.id, places[2]))).toEqual([undefined, undefined, true])

    // What was taken from elsewhere stands beside the one that the list was left at, and without a place before all.
    const taken = await addCase({ status: 'closed', closedAt: base })
    expect(idsOf(await around(taken.id, places[0]))).toEqual([first.id, undefined, false])
    expect(idsOf(await around(taken.id))).toEqual([undefined, first.id, false])
  })

  test('names the page of the list on which the case stands', async () => {
    const { context, ann, addCase } = await startCasework(await freshDb())
    const count = 2 * queuePageSize
    for (let n = 0; n < count; n += 1) await addCase({ dueAt: base + n })
    const pageAt = async (tab: QueueTab, after?: string | null) =>
      await listCases(context, ann, listCasesSchema.parse({ tab, ...(after && { after }) }))
    const first = await pageAt('new')
    const all = [...first.cases, ...(await pageAt('new', first.next)).cases].map(({ id }) => id)
    for (const [index, caseId] of all.entries()) {
      const { page } = await findNeighbours(context, ann, { caseId, tab: 'new' })
      expect(page === null).toBe(index < queuePageSize)
      expect((await pageAt('new', page)).cases.map(({ id }) => id)).toContain(caseId)
    }
  })

  test('is for those who may read reports', async () => {
    const { context, db, addCase } = await startCasework(await freshDb())
    const { id: caseId } = await addCase()
    const viewer = await addActor(db, 'viewer')
    await expect(findNeighbours(context, viewer, { caseId, tab: 'new' })).rejects.toThrow('FORBIDDEN')
  })

  test('an address with numbers that nothing can have leads to the end of the list, in every tab', async () => {
    const { context, ann, addCase } = await startCasework(await freshDb())
    const { id } = await addCase()
    for (const tab of queueTabs)
      for (const sign of ['', '-']) {
        const at = `${sign}999999999999999.999999999999999.${id}`
        const { caseId, ...list } = neighboursSchema.parse({ caseId: crypto.randomUUID(), tab, at })
        await expect(findNeighbours(context, ann, { caseId, ...list })).resolves.toMatchObject({
          isListed: false,
        })
        const { cases } = await listCases(context, ann, listCasesSchema.parse({ tab, after: at }))
        expect(cases.length).toBeLessThanOrEqual(1)
      }
  })
})
