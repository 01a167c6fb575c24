import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Db } from '@/lib/db'
import { createPool, serverDb } from '@/lib/db/open'
import { throttleLimits } from '@/lib/db/schema'
import { createServerDatabase, describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { permitMicros } from './gcra'
import { type Reservation, type ReserveRequest, reserve as reserveAll } from './reserve'

const farAhead = 3_600_000_000

describeOnBothDatabases('reserve', (freshDb) => {
  test('gives an idle line at once and then one stretch after the other', async () => {
    const db = await freshDb()
    const request = { key: 'k', takenMicros: 1_000_000, leadMicros: farAhead }
    const first = granted(await reserve(db, request))
    const second = granted(await reserve(db, request))
    const third = granted(await reserve(db, request))
    expect(first.dueFromNowMicros).toBe(0)
    expect(second.dueAtMicros - first.dueAtMicros).toBe(1_000_000)
    expect(third.dueAtMicros - second.dueAtMicros).toBe(1_000_000)
    expect(third.dueFromNowMicros).toBeGreaterThan(1_000_000)
    expect(third.dueFromNowMicros).toBeLessThanOrEqual(2_000_000)
  })

  test('saves nothing up while the line is idle', async () => {
    const db = await freshDb()
    await db.insert(throttleLimits).values({ key: 'k', nextAtMicros: 1 })
    const request = { key: 'k', takenMicros: 500_000, leadMicros: farAhead }
    const first = granted(await reserve(db, request))
    expect(first.dueAtMicros).toBeGreaterThan(1_000_000_000_000_000)
    expect(granted(await reserve(db, request)).dueAtMicros - first.dueAtMicros).toBe(500_000)
  })

  test('takes nothing from a line that is filled beyond the lead', async () => {
    const db = await freshDb()
    await reserve(db, { key: 'k', takenMicros: 60_000_000, leadMicros: 0 })
    const before = await lineEnd(db, 'k')
    const refused = await reserve(db, { key: 'k', takenMicros: 1, leadMicros: 10_000_000 })
    expect(refused.granted).toBe(false)
    expect(refused).toHaveProperty('lineEndsFromNowMicros', expect.closeTo(60_000_000, -7.5))
    expect(await lineEnd(db, 'k')).toBe(before)
    expect((await reserve(db, { key: 'k', takenMicros: 1, leadMicros: farAhead })).granted).toBe(true)
  })

  test('keeps limits apart', async () => {
    const db = await freshDb()
    await reserve(db, { key: 'a', takenMicros: 60_000_000, leadMicros: 0 })
    expect((await reserve(db, { key: 'b', takenMicros: 1, leadMicros: 0 })).granted).toBe(true)
    expect((await reserve(db, { key: 'a', takenMicros: 1, leadMicros: 0 })).granted).toBe(false)
  })

  test('answers each of several limits in one go, in the order asked', async () => {
    const db = await freshDb()
    await reserve(db, { key: 'full', takenMicros: 60_000_000, leadMicros: 0 })
    await reserve(db, { key: 'used', takenMicros: 1_000_000, leadMicros: 0 })
    const wishes = ['used', 'full', 'new'].map((key) => ({ key, takenMicros: 7, leadMicros: 5_000_000 }))
    const [used, full, fresh] = await reserveAll(db, wishes)
    expect(used).toMatchObject({ granted: true, dueFromNowMicros: expect.closeTo(1_000_000, -6) })
    expect(full).toMatchObject({ granted: false })
    expect(fresh).toMatchObject({ granted: true, dueFromNowMicros: 0 })
    expect(await lineEnd(db, 'new')).toBe((fresh && granted(fresh).dueAtMicros + 7) ?? 0)
  })

  test('gives callers that come together stretches that never overlap', async () => {
    const db = await freshDb()
    expect(mostInASecond(await reserveTogether([db], 200))).toBeLessThanOrEqual(20)
  })
})

test('gives several instances on one PostgreSQL stretches that never overlap', async () => {
  const { url, drop } = await createServerDatabase()
  const pools = [createPool(url), createPool(url), createPool(url)]
  try {
    expect(mostInASecond(await reserveTogether(pools.map(serverDb), 300))).toBeLessThanOrEqual(20)
  } finally {
    for (const pool of pools) await pool.end()
    await drop()
  }
})

/** Reserves at 20 a second from all databases at once; the instants at which the permits fall due, sorted. */
async function reserveTogether(dbs: Db[], count: number): Promise<number[]> {
  const takenMicros = permitMicros(20)
  const wishes = Array.from({ length: count }, (_, index) =>
    reserve(dbs[index % dbs.length] as Db, { key: 'k', takenMicros, leadMicros: farAhead }),
  )
  const dues = (await Promise.all(wishes)).map((one) => granted(one).dueAtMicros).sort((a, b) => a - b)
  const gaps = dues.slice(1).map((due, index) => due - (dues[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(takenMicros)
  return dues
}

function mostInASecond(dues: number[]): number {
  return Math.max(...dues.map((from) => dues.filter((due) => due >= from && due < from + 1_000_000).length))
}

function granted(reservation: Reservation): Extract<Reservation, { granted: true }> {
  if (!reservation.granted) throw new Error('the line was full')
  return reservation
}

async function lineEnd(db: Db, key: string): Promise<number | undefined> {
  const [row] = await db.select().from(throttleLimits).where(eq(throttleLimits.key, key))
  return row?.nextAtMicros
}

async function reserve(db: Db, request: ReserveRequest): Promise<Reservation> {
  const [reservation] = await reserveAll(db, [request])
  if (!reservation) throw new Error('no answer')
  return reservation
}
