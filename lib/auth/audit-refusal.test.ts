import { expect, test } from 'vitest'
import { auditEvents } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { auditRefusal } from './audit-refusal'

describeOnBothDatabases('auditRefusal', (freshDb) => {
  const refusal = { action: 'audit.open', code: 'FORBIDDEN' } as const

  test('records who was refused what', async () => {
    const db = await freshDb()
    const actor = await addActor(db, 'viewer')
    await auditRefusal(db, actor, refusal)
    const events = await db.select().from(auditEvents)
    expect(events).toMatchObject([
      { type: 'action.refused', actorId: actor.id, actorName: actor.name, userId: null, data: refusal },
    ])
  })

  test('and about which account', async () => {
    const db = await freshDb()
    const about = { connection: 'sg', userId: 'lin88' }
    await auditRefusal(db, await addActor(db, 'support'), { action: 'mutes.apply', code: 'FORBIDDEN' }, about)
    expect(await db.select().from(auditEvents)).toMatchObject([about])
  })

  test('at most 120 times a minute for one moderator', async () => {
    const db = await freshDb()
    const [actor, other] = [await addActor(db, 'viewer'), await addActor(db, 'viewer')]
    for (let count = 0; count < 121; count += 1) await auditRefusal(db, actor, refusal)
    expect(await db.$count(auditEvents)).toBe(120)
    await auditRefusal(db, other, refusal)
    expect(await db.$count(auditEvents)).toBe(121)
  })
})
