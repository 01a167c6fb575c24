import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { record } from '@/lib/audit/record'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { auditEvents, settingVersions } from './schema'

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

describeOnBothDatabases('setting_versions', (freshDb) => {
  test.each([
    ['UPDATE', `update setting_versions set value = '1'`],
    ['DELETE', 'delete from setting_versions'],
    ['TRUNCATE', 'truncate setting_versions'],
  ])('refuses %s', async (verb, statement) => {
    const db = await freshDb()
    await db.insert(settingVersions).values({ key: 'a', version: 1, value: 0, changedAt: 0 })
    await expect(db.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: expect.objectContaining({ message: `setting_versions is append-only: ${verb} is refused` }),
    })
    expect(await db.select().from(settingVersions)).toMatchObject([{ version: 1, value: 0 }])
  })
})
