import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { roles } from '@/lib/auth/roles'
import type { Db } from '@/lib/db'
import { auditEvents } from '@/lib/db/schema'
import { AppError } from '@/lib/errors'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { addActor } from '@/lib/testing/moderators'
import type { AuditEvent } from './events'
import { listAudit } from './list'
import { auditTypes, outcomeOf, outcomesOf } from './outcomes'
import { record } from './record'
import { type ListAuditInput, listAuditSchema } from './schemas'

const anna = randomUUID()
const ben = randomUUID()

describeOnBothDatabases('listAudit', (freshDb) => {
  test('is for leads and admins', async () => {
    const db = await freshDb()
    for (const role of roles) {
      const asking = listAudit(db, await addActor(db, role), {})
      if (role === 'lead' || role === 'admin')
        await expect(asking).resolves.toEqual({ events: [], next: null })
      else await expect(asking).rejects.toThrow(new AppError('FORBIDDEN'))
    }
  })

  test('gives the event as it was recorded, without the hashes', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    const event = {
      type: 'sign_in.failed',
      data: { address: '203.0.113.7', email: 'a@example.com', why: 'credentials' },
      actorId: null,
      actorName: 'nobody',
    } as const
    await write(db, event)
    const { events } = await listAudit(db, lead, {})
    expect(events).toEqual([
      {
        ...event,
        seq: 1,
        at: expect.any(Number),
        outcome: 'denied',
        connection: null,
        userId: null,
        commandId: null,
      },
    ])
    expect(Math.abs((events[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000)
  })

  test('finds exactly what the filters say, for every combination of them', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    const all = await writeVaried(db)
    const third = all[Math.floor(all.length / 3)]
    const twoThirds = all[Math.floor((all.length * 2) / 3)]
    const choices = {
      type: [undefined, 'sign_out', 'settings.changed'],
      outcome: [undefined, 'ok', 'denied'],
      actorId: [undefined, anna],
      connection: [undefined, 'sg'],
      userId: [undefined, 'u1'],
      range: [undefined, { from: third?.at, to: twoThirds?.at }],
    }
    for (const input of combinations(choices)) {
      const { range, ...fields } = input as { range?: Partial<ListAuditInput> } & ListAuditInput
      const filter = listAuditSchema.parse({ ...fields, ...range })
      const expected = all.filter((row) => matches(row, filter)).map((row) => row.seq)
      const { events, next } = await listAudit(db, lead, filter)
      expect({ filter, found: events.map(({ seq }) => seq) }).toEqual({
        filter,
        found: expected.reverse().slice(0, 50),
      })
      expect(next === null).toBe(expected.length <= 50)
    }
  })

  test('pages through everything once, while events are added', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    await db.transaction(async (tx) => {
      for (let index = 0; index < 120; index += 1) await record(tx, signOut(index % 2 ? anna : ben))
    })
    for (const filter of [{}, { actorId: anna }, { type: 'sign_out' as const }]) {
      const seen: number[] = []
      const [newest] = (await listAudit(db, lead, {})).events
      let before: number | undefined
      for (;;) {
        const page = await listAudit(db, lead, { ...filter, ...(before ? { before } : {}) })
        seen.push(...page.events.map(({ seq }) => seq))
        await write(db, signOut(anna))
        if (page.next === null) break
        before = page.next
      }
      const start = newest?.seq ?? 0
      const wanted = Array.from({ length: start }, (_, index) => start - index)
      expect(seen).toEqual('actorId' in filter ? wanted.filter((seq) => seq > 120 || seq % 2 === 0) : wanted)
    }
  })

  test('tells the outcome by which it is narrowed, also of what was written when its type counted as another', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    await db.insert(auditEvents).values({
      ...{ seq: 1, at: Date.now(), type: 'mute.unknown', outcome: 'failed' },
      ...{ actorId: anna, actorName: 'somebody', prevHash: '', hash: '' },
      data: { kind: 'mute', changes: [], failure: { kind: 'timeout' } },
    })
    expect((await listAudit(db, lead, { outcome: 'unknown' })).events).toMatchObject([{ outcome: 'unknown' }])
    expect((await listAudit(db, lead, { outcome: 'failed' })).events).toEqual([])
  })

  test('an attempt of which nobody knows whether it arrived is unknown, and one that did not has failed', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    const inCase = { case: crypto.randomUUID(), number: 1, failure: { kind: 'timeout' } } as const
    const by = { actorId: anna, actorName: 'somebody', connection: 'sg', userId: 'u1' }
    const page = { ...by, type: 'case.paging_failed' } as const
    const told = { ...by, type: 'notice.failed' } as const
    for (const effect of ['unknown', 'none'] as const) {
      await write(db, { ...told, data: { ...inCase, effect, kind: 'warning' } })
      await write(db, { ...page, data: { ...inCase, effect } })
    }
    // Written when its type alone told the outcome.
    await db.insert(auditEvents).values({
      ...{ seq: 5, at: Date.now(), outcome: 'failed', prevHash: '', hash: '' },
      ...told,
      data: { ...inCase, effect: 'unknown', kind: 'warning' },
    })
    const find = async (input: ListAuditInput) =>
      (await listAudit(db, lead, input)).events.map(({ seq, outcome }) => `${seq} ${outcome}`)
    for (const narrow of [{}, { userId: 'u1' }, { actorId: anna, connection: 'sg', userId: 'u1' }]) {
      expect(await find({ outcome: 'unknown', ...narrow })).toEqual(['5 unknown', '2 unknown', '1 unknown'])
      expect(await find({ outcome: 'failed', ...narrow })).toEqual(['4 failed', '3 failed'])
      expect(await find({ outcome: 'ok', ...narrow })).toEqual([])
    }
    expect(await find({ type: 'notice.failed', outcome: 'unknown' })).toEqual(['5 unknown', '1 unknown'])
    expect(await find({ type: 'notice.failed', outcome: 'failed' })).toEqual(['3 failed'])
    expect(await find({ type: 'notice.failed' })).toEqual(['5 unknown', '3 failed', '1 unknown'])
    const kept = await db.select({ outcome: auditEvents.outcome }).from(auditEvents).orderBy(auditEvents.seq)
    expect(kept.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'failed', 'failed', 'failed'])
  })

  test('a range of time without events is empty', async () => {
    const db = await freshDb()
    const lead = await addActor(db, 'lead')
    await write(db, signOut(anna))
    expect((await listAudit(db, lead, { from: Date.now() + 3_600_000 })).events).toEqual([])
    expect((await listAudit(db, lead, { to: 1_000 })).events).toEqual([])
    expect((await listAudit(db, lead, { from: 1_000, to: Date.now() + 3_600_000 })).events).toHaveLength(1)
  })
})

type Row = { seq: number; at: number } & AuditEvent

async function writeVaried(db: Db): Promise<Row[]> {
  const rows: Row[] = []
  await db.transaction(async (tx) => {
    for (let index = 0; index < 144; index += 1) {
      const where = {
        ...(index % 3 ? { connection: index % 3 === 1 ? 'sg' : 'zim' } : {}),
        ...(index % 4 ? { userId: `u${index % 4}` } : {}),
      }
      const by = { actorId: index % 2 ? anna : ben, actorName: 'somebody' }
      const event: AuditEvent =
        index % 8 < 5
          ? signOut(by.actorId)
          : { type: 'action.refused', data: { action: 'mute', code: 'FORBIDDEN' }, ...by }
      const seq = await record(tx, { ...event, ...where })
      rows.push({ ...event, ...where, seq, at: 0 })
    }
  })
  const lead = await addActor(db, 'lead')
  let before: number | undefined
  for (;;) {
    const page = await listAudit(db, lead, { before })
    for (const { seq, at } of page.events) rows[seq - 1] = { ...(rows[seq - 1] as Row), at }
    if (page.next === null) return rows
    before = page.next
  }
}

function matches(row: Row, filter: ListAuditInput): boolean {
  if (filter.type && row.type !== filter.type) return false
  if (filter.outcome && outcomeOf(row) !== filter.outcome) return false
  if (filter.actorId && row.actorId !== filter.actorId) return false
  if (filter.connection && row.connection !== filter.connection) return false
  if (filter.userId && row.userId !== filter.userId) return false
  return row.at >= (filter.from ?? 0) && row.at <= (filter.to ?? Number.POSITIVE_INFINITY)
}

function combinations(choices: Record<string, unknown[]>): Record<string, unknown>[] {
  return Object.entries(choices).reduce<Record<string, unknown>[]>(
    (made, [field, values]) =>
      made.flatMap((one) => values.map((value) => (value === undefined ? one : { ...one, [field]: value }))),
    [{}],
  )
}

function signOut(actorId: string): AuditEvent {
  return { type: 'sign_out', data: {}, actorId, actorName: 'somebody' }
}

async function write(db: Db, event: AuditEvent): Promise<void> {
  await db.transaction((tx) => record(tx, event))
}

test('every type has an outcome, which the list relies on', () => {
  const all = auditTypes.flatMap((type) => outcomesOf(type))
  expect(new Set(all)).toEqual(new Set(['ok', 'denied', 'failed', 'unknown']))
})
