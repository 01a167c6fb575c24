import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { caseViewers } from '@/lib/db/schema'
import { startCasework } from '@/lib/testing/case-stage'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { presenceSeconds } from './queue-rules'
import { readStands } from './read-stands'
import { seeCase } from './see'

describeOnBothDatabases('where cases of a page stand', (freshDb) => {
  test('tells of claims and of those who look, and leaves out what is not there and who has gone', async () => {
    const { ann, ben, context, db, addCase, claim } = await startCasework(await freshDb())
    const [row, other] = [await addCase(), await addCase()]
    for (const { id } of [row, other]) await seeCase(context, ben, { caseId: id, isTyping: false })
    await seeCase(context, ann, { caseId: row.id, isTyping: false })
    await claim(ben, row)
    const read = async () => {
      const { stands } = await readStands(context, ann, { cases: [row.id, other.id, crypto.randomUUID()] })
      return new Map(stands.map(({ id, ...stand }) => [id, stand]))
    }
    const found = await read()
    expect([...found.keys()].sort()).toEqual([row.id, other.id].sort())
    expect(found.get(row.id)).toMatchObject({
      status: 'claimed',
      version: row.version + 1,
      claim: { by: 'Ben', isYours: false, isLive: true },
      viewers: [{ name: 'Ben', isTyping: false, hasClaim: true }],
    })
    expect(found.get(other.id)).toMatchObject({
      status: 'new',
      claim: null,
      viewers: [{ name: 'Ben', hasClaim: false }],
    })
    await db
      .update(caseViewers)
      .set({ seenAt: sql`seen_at - make_interval(secs => ${presenceSeconds + 1})` })
      .where(eq(caseViewers.caseId, other.id))
    expect((await read()).get(other.id)?.viewers).toEqual([])
  })

  test('is for those who may read reports', async () => {
    const { ann, context, addCase } = await startCasework(await freshDb())
    const { id } = await addCase()
    await expect(readStands(context, { ...ann, role: 'viewer' }, { cases: [id] })).rejects.toThrow(
      'FORBIDDEN',
    )
  })
})
