import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { record } from '@/lib/audit/record'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { auditEvents } from './schema'

describeOnBothDatabases('audit_events', (freshDb) => {
  test.each([
    ['UPDATE', `update audit_events set actor_name = 'x'`],
    ['UPDATE', `update audit_events set actor_name = 'x' where false`],
    ['DELETE', 'delete from audit_events'],
    ['TRUNCATE', 'truncate audit_events'],
    ['TRUNCATE', 'truncate audit_events cascade'],
  ])('refuses %s: %s', async (verb, statement) => {
    const db = await freshDb()
    const written = { type: 'sign_out', data: {}, actorId: null, actorName: 'system' } as const
    await db.transaction((tx) => record(tx, written))
    await expect(db.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: expect.objectContaining({ message: `audit_events is append-only: ${verb} is refused` }),
    })
    expect(await db.select().from(auditEvents)).toMatchObject([{ seq: 1, actorName: 'system' }])
  })
})
