import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Db } from '@/lib/db'
import { auditEvents } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import type { AuditEvent } from './events'
import { record } from './record'
import { verifyAudit } from './verify'

describeOnBothDatabases('verifyAudit', (freshDb) => {
  test('holds for an empty audit and for one with events', async () => {
    const db = await freshDb()
    expect(await verifyAudit(db)).toEqual({ ok: true, rows: 0, badLinks: [] })
    await fill(db, 5)
    expect(await verifyAudit(db)).toEqual({ ok: true, rows: 5, badLinks: [] })
  })

  test('holds after parallel writers of whom some roll back, without a gap', async () => {
    const db = await freshDb()
    const writers = Array.from({ length: 16 }, async (_, writer) => {
      let written = 0
      for (let round = 0; round < 6; round += 1) {
        const isKept = (writer + round) % 5 !== 0
        await db
          .transaction(async (tx) => {
            await record(tx, event(`${writer}-${round}`))
            if (!isKept) tx.rollback()
          })
          .catch((error) => {
            if (isKept) throw error
          })
        written += isKept ? 1 : 0
      }
      return written
    })
    const written = (await Promise.all(writers)).reduce((sum, count) => sum + count, 0)
    expect(written).toBeLessThan(16 * 6)
    expect(await verifyAudit(db)).toEqual({ ok: true, rows: written, badLinks: [] })
    const [latest] = await db.select({ seq: sql`max(${auditEvents.seq})`.mapWith(Number) }).from(auditEvents)
    expect(latest?.seq).toBe(written)
  })

  test('holds for every character that an event can carry', async () => {
    const db = await freshDb()
    const name = 'nul \u0000, half \ud83d, whole 😀, "quoted" \\ \u2028 é'
    await db.transaction((tx) =>
      record(tx, {
        type: 'moderator.added',
        data: { email: name, role: 'lead' },
        actorId: null,
        actorName: name,
      }),
    )
    expect(await verifyAudit(db)).toEqual({ ok: true, rows: 1, badLinks: [] })
  })

  const tamperings: { what: string; statement: string; badLinks: number[] }[] = [
    {
      what: 'a changed column',
      statement: `update audit_events set actor_name = 'x' where seq = 3`,
      badLinks: [3],
    },
    {
      what: 'changed data',
      statement: `update audit_events set data = '{"a": 1}' where seq = 3`,
      badLinks: [3],
    },
    {
      what: 'a time moved',
      statement: `update audit_events set at = at + interval '1 ms' where seq = 3`,
      badLinks: [3],
    },
    {
      what: 'an impossible time',
      statement: `update audit_events set at = 'infinity' where seq = 3`,
      badLinks: [3],
    },
    {
      what: 'a changed hash',
      statement: `update audit_events set hash = prev_hash where seq = 3`,
      badLinks: [3, 4],
    },
    { what: 'a removed event', statement: `delete from audit_events where seq = 3`, badLinks: [4] },
    { what: 'a removed first event', statement: `delete from audit_events where seq = 1`, badLinks: [2] },
    { what: 'a removed last event', statement: `delete from audit_events where seq = 6`, badLinks: [6] },
    { what: 'a cut-off end', statement: `delete from audit_events where seq > 2`, badLinks: [3] },
    { what: 'nothing left', statement: `delete from audit_events`, badLinks: [1] },
    {
      what: 'two swapped events',
      statement: `update audit_events set seq = 100 where seq = 3; update audit_events set seq = 3 where seq = 4;
        update audit_events set seq = 4 where seq = 100`,
      badLinks: [3, 4, 5],
    },
    { what: 'a moved end', statement: `update audit_head set hash = repeat('1', 64)`, badLinks: [7] },
    { what: 'no end', statement: `delete from audit_head`, badLinks: [7] },
    {
      what: 'an event put in at the end',
      statement: `insert into audit_events select 7, at, type, outcome, actor_id, actor_name, connection, user_id,
        command_id, data, prev_hash, hash from audit_events where seq = 6`,
      badLinks: [7, 8],
    },
  ]
  test.each(tamperings)('finds $what', async ({ statement, badLinks }) => {
    const db = await freshDb()
    await fill(db, 6)
    await asOwner(db, statement)
    expect(await verifyAudit(db)).toMatchObject({ ok: false, badLinks })
  })
})

function event(userId: string): AuditEvent {
  return { type: 'sign_out', data: {}, actorId: null, actorName: 'system', userId }
}

async function fill(db: Db, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await db.transaction((tx) => record(tx, event(`u${index}`)))
  }
}

/** What only the owner of the tables can do: put the triggers out of action. */
async function asOwner(db: Db, statements: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`)
    for (const statement of statements.split(';')) await tx.execute(sql.raw(statement))
  })
}
