import { asc } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { rowsOf } from './rows'
import { auditEvents, muteStates } from './schema'
import { databaseNow } from './schema/columns'

describeOnBothDatabases('rows in one parameter', (freshDb) => {
  test('are stored as rows with a parameter for each field are', async () => {
    const db = await freshDb()
    const key = { connection: 'sg', groupId: "@TGS#'\\", scope: 'roles' as const }
    const rows = [
      { ...key, userId: 'a "quoted" id', until: 'forever' as const, roles: [3, 400], version: 2 ** 53 - 1 },
      { ...key, userId: 'b', until: 1_795_226_001_015, roles: null, version: 0 },
      { ...key, userId: '', until: null, roles: [], version: 7 },
    ]
    await db.insert(muteStates).values(rows)
    const apart = await db.delete(muteStates).returning()
    await db.insert(muteStates).select(rowsOf(muteStates, rows))
    expect(await db.select().from(muteStates).orderBy(asc(muteStates.version))).toEqual(
      apart.sort((one, other) => one.version - other.version),
    )
  })

  test('share what the statement computes, and have the defaults of what they leave out', async () => {
    const db = await freshDb()
    const row = { connection: 'sg', userId: 'u', scope: 'all_groups' as const }
    await db.insert(muteStates).select(rowsOf(muteStates, [row], { observedAt: databaseNow }))
    const [stored] = await db.select().from(muteStates)
    expect(stored).toMatchObject({ ...row, groupId: '', version: 0, until: null })
    expect(Math.abs(Number(stored?.observedAt) - Date.now())).toBeLessThan(60_000)
  })

  test('keep JSON of any shape', async () => {
    const db = await freshDb()
    const data = { text: 'a "b"\n\\', number: 1.5, none: null, list: [{ roles: [1] }, 'x'], on: true }
    const event = {
      seq: 1,
      at: 0,
      type: 'mute.requested' as const,
      outcome: 'ok' as const,
      actorName: 'system',
      data,
      prevHash: '',
      hash: '',
    }
    await db.insert(auditEvents).select(rowsOf(auditEvents, [event, { ...event, seq: 2, data: 'text' }]))
    const stored = await db.select().from(auditEvents).orderBy(asc(auditEvents.seq))
    expect(stored.map((one) => one.data)).toEqual([data, 'text'])
  })
})
