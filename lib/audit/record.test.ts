import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditEvents, auditHead } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { genesisHash } from './chain'
import { record } from './record'

describeOnBothDatabases('record', (freshDb) => {
  test('appends to the chain and returns the place in it', async () => {
    const db = await freshDb()
    const actor = await addActor(db)
    const by = { actorId: actor.id, actorName: actor.name }
    const first = await db.transaction((tx) => record(tx, { type: 'sign_out', data: {}, ...by }))
    const second = await db.transaction((tx) =>
      record(tx, { type: 'sign_out', data: {}, ...by, userId: 'u1' }),
    )
    expect([first, second]).toEqual([1, 2])
    const rows = await db.select().from(auditEvents).orderBy(asc(auditEvents.seq))
    expect(rows.map((row) => [row.seq, row.userId, row.actorId, row.outcome])).toEqual([
      [1, null, actor.id, 'ok'],
      [2, 'u1', actor.id, 'ok'],
    ])
    expect(rows[0]?.prevHash).toBe(genesisHash)
    expect(rows[1]?.prevHash).toBe(rows[0]?.hash)
    const [head] = await db.select().from(auditHead)
    expect(head).toMatchObject({ seq: 2, hash: rows[1]?.hash, at: rows[1]?.at })
  })

  test('starts empty for every test', async () => {
    const db = await freshDb()
    expect(await db.$count(auditEvents)).toBe(0)
  })
})
