import { asc, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { cases, caseTransitions as transitionTable } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { type CaseStatus, caseStatuses, caseTransitions, mayFollow } from './rules'

const pairs = caseStatuses.flatMap((from) => caseStatuses.map((to) => [from, to] as const))

describeOnBothDatabases('the statuses of a case', (freshDb) => {
  it('follow each other as the one table says, in the database too', async () => {
    const db = await freshDb()
    const rows = await db.select().from(transitionTable).orderBy(asc(transitionTable.fromStatus))
    const inCode = Object.entries(caseTransitions).flatMap(([from, all]) => all.map((to) => `${from} ${to}`))
    expect(rows.map(({ fromStatus, toStatus }) => `${fromStatus} ${toStatus}`).sort()).toEqual(inCode.sort())
  })

  it('refuses every other change, whoever makes it', async () => {
    const db = await freshDb()
    const put = async (status: CaseStatus) => {
      const id = crypto.randomUUID()
      const other = { connection: 'sg', accusedId: id, category: 'spam', dueAt: 0 } as const
      await db.insert(cases).values({ id, status, ...other })
      return id
    }
    for (const [from, to] of pairs) {
      if (from === to) continue
      const id = await put(from)
      const change = db.update(cases).set({ status: to }).where(eq(cases.id, id)).returning({ id: cases.id })
      if (mayFollow(from, to)) expect(await change).toHaveLength(1)
      else await expect(change).rejects.toMatchObject({ cause: { code: '23514' } })
    }
  })
})

describe('the table of transitions', () => {
  it('leads from every status but `merged` somewhere', () => {
    for (const status of caseStatuses)
      expect(caseTransitions[status].length > 0, status).toBe(status !== 'merged')
  })
})
