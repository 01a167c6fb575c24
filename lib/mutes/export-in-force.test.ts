import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { systemClock } from '@/lib/clock'
import type { Context } from '@/lib/context'
import type { Db } from '@/lib/db'
import { accounts, auditEvents, muteStates } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import { exportMutesInForce } from './export-in-force'
import { maxExportedMutes } from './ledger-schemas'

describeOnBothDatabases('exportMutesInForce', (freshDb) => {
  test('gives what the filters leave, names made harmless, and says so in the audit', async () => {
    const db = await freshDb()
    const actor = await addActor(db, 'viewer')
    await db.insert(accounts).values({ connection: 'sg', userId: 'u1', nickname: '=cmd|calc' })
    await db.insert(muteStates).values([
      { connection: 'sg', userId: 'u1', scope: 'one_to_one', until: 'forever' },
      { connection: 'zim', userId: 'u1', groupId: 'g', scope: 'group', until: 'forever' },
    ])
    const { csv, isCut } = await exportMutesInForce(contextOf(db), actor, { connection: 'sg' })
    expect(isCut).toBe(false)
    const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      connection: 'sg',
      user_id: 'u1',
      nickname: "'=cmd|calc",
      ends_at: 'never',
      author: '',
    })
    const events = await db.select().from(auditEvents)
    expect(events).toMatchObject([
      {
        type: 'mutes.exported',
        outcome: 'ok',
        actorId: actor.id,
        connection: 'sg',
        data: { rows: 1, isCut: false, filters: { connection: 'sg' } },
      },
    ])
  })

  test('holds 10 000 at most, those that end soonest, and says that there are more', async () => {
    const db = await freshDb()
    const actor = await addActor(db)
    const end = systemClock.now() + 3_600_000
    const states = Array.from({ length: maxExportedMutes + 1 }, (_, index) => ({
      connection: 'sg',
      userId: `u${index}`,
      scope: 'one_to_one' as const,
      until: end + index,
    }))
    for (let from = 0; from < states.length; from += 5_000)
      await db.insert(muteStates).values(states.slice(from, from + 5_000))
    const { csv, isCut } = await exportMutesInForce(contextOf(db), actor, {})
    expect(isCut).toBe(true)
    const rows: { user_id: string }[] = parse(csv, { bom: true, columns: true })
    expect(rows).toHaveLength(maxExportedMutes)
    expect(rows.at(-1)?.user_id).toBe(`u${maxExportedMutes - 1}`)
    const [event] = await db.select().from(auditEvents)
    expect(event?.data).toMatchObject({ rows: maxExportedMutes, isCut: true })
  })
})

function contextOf(db: Db): Context {
  return {
    db,
    clock: systemClock,
    connections: [],
    provider() {
      throw new AppError('UNKNOWN_CONNECTION')
    },
  }
}
