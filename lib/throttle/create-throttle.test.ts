import { setImmediate } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Db } from '@/lib/db'
import { throttleLimits } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { permitMicros } from './gcra'
import { createThrottle, ThrottleBusyError, type ThrottleRequest } from './index'
import { reserve } from './reserve'

const interactive = { key: 'k', perSecond: 20, priority: 'interactive', maxWaitMs: 5_000 } as const
const bulk = { ...interactive, priority: 'bulk' } as const

describeOnBothDatabases('createThrottle', (freshDb) => {
  test('takes the line up by one interval a permit', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => db)
    await fill(db, 1_500_000)
    // A permit that took 200 ms to come would be given up for a second one: here no time passes.
    vi.spyOn(performance, 'now').mockReturnValue(performance.now())
    onTestFinished(() => void vi.restoreAllMocks())
    const before = await lineEnd(db)
    await Promise.all([
      throttle.acquire(interactive),
      throttle.acquire({ ...interactive, perSecond: 200, permits: 5 }),
    ])
    expect((await lineEnd(db)) - before).toBe(permitMicros(20) + 5 * permitMicros(200))
  })

  test('returns only when the permit is due', async () => {
    const db = await freshDb()
    await fill(db, 150_000)
    const dueAt = await lineEnd(db)
    await createThrottle(async () => db).acquire(interactive)
    expect(await databaseMicros(db)).toBeGreaterThanOrEqual(dueAt)
  })

  test('says busy and takes nothing when the permit would be due too late', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => db)
    await fill(db, 60_000_000)
    const before = await lineEnd(db)
    await expect(throttle.acquire({ ...interactive, maxWaitMs: 100 })).rejects.toThrow(ThrottleBusyError)
    await expect(throttle.acquire({ ...bulk, maxWaitMs: 100 })).rejects.toThrow(ThrottleBusyError)
    expect(await lineEnd(db)).toBe(before)
  })

  test('refuses more permits at once than the limit can hold', async () => {
    const throttle = createThrottle(freshDb)
    await expect(throttle.acquire({ ...interactive, permits: 2 })).rejects.toThrow(RangeError)
    await expect(throttle.acquire({ ...interactive, permits: 0 })).rejects.toThrow(RangeError)
  })

  test('keeps the line short for an interactive call while bulk callers press', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => db)
    const crowd = Array.from({ length: 60 }, () => throttle.acquire({ ...bulk, perSecond: 200 }))
    const aheads: number[] = []
    for (let call = 0; call < 6; call += 1) {
      const [probe] = await reserve(db, [
        { key: 'k', takenMicros: permitMicros(200), leadMicros: 60_000_000 },
      ])
      if (!probe?.granted) throw new Error('the line was full')
      aheads.push(probe.dueFromNowMicros)
      await Promise.race(crowd)
    }
    expect(Math.max(...aheads)).toBeLessThanOrEqual(50_000 + 6 * permitMicros(200))
    await Promise.all(crowd)
  })

  test('lets bulk callers of one process through in their order', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => db)
    const order: number[] = []
    const calls = [0, 1, 2, 3, 4].map((index) => throttle.acquire(bulk).then(() => order.push(index)))
    await Promise.all(calls)
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  test('ends at once with the reason of an abort', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => db)
    await fill(db, 60_000_000)
    for (const request of [interactive, bulk] satisfies ThrottleRequest[]) {
      const stop = new AbortController()
      const waiting = throttle.acquire({ ...request, maxWaitMs: 120_000, signal: stop.signal })
      stop.abort(new Error('no longer wanted'))
      await expect(waiting).rejects.toThrow('no longer wanted')
    }
    await expect(
      throttle.acquire({ ...interactive, signal: AbortSignal.abort(new Error('never')) }),
    ).rejects.toThrow('never')
  })

  test('lets the next bulk caller go on when the one before it gives up', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => db)
    await fill(db, 200_000)
    const stop = new AbortController()
    const first = throttle.acquire({ ...bulk, signal: stop.signal })
    const second = throttle.acquire({ ...bulk, signal: stop.signal })
    const third = throttle.acquire(bulk)
    stop.abort()
    await expect(first).rejects.toThrow()
    await expect(second).rejects.toThrow()
    await expect(third).resolves.toBeUndefined()
  })

  test('takes a new permit instead of using one that the process slept through', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => db)
    await fill(db, 800_000)
    const before = await lineEnd(db)
    const waiting = throttle.acquire(interactive)
    // Embedded answers alone never let the event loop turn.
    while ((await lineEnd(db)) === before) await setImmediate()
    sleepThrough(1_100)
    await waiting
    // Two intervals were taken, the second one after the line had run dry.
    expect((await lineEnd(db)) - before).toBeGreaterThan(2 * permitMicros(20))
  })

  test('says busy when every permit is slept through', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => dozing(db, 250))
    await expect(throttle.acquire({ ...interactive, maxWaitMs: 300 })).rejects.toThrow(ThrottleBusyError)
  })

  test('lets calls through one at a time while every permit is slept through', async () => {
    const db = await freshDb()
    const throttle = createThrottle(async () => dozing(db, 250))
    const doneAt: number[] = []
    await Promise.all(
      [1, 2, 3].map(() => throttle.acquire(interactive).then(() => doneAt.push(performance.now()))),
    )
    const gaps = doneAt.slice(1).map((at, index) => at - (doneAt[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250)
  })

  test('asks for the permits of several limits in one statement', async () => {
    const db = await freshDb()
    const execute = vi.spyOn(db, 'execute')
    const throttle = createThrottle(async () => db)
    await Promise.all(['a', 'b', 'c'].map((key) => throttle.acquire({ ...interactive, key })))
    expect(execute).toHaveBeenCalledTimes(1)
  })
})

test('fails when the database does, and lets nobody call', async () => {
  const throttle = createThrottle(async () => {
    throw new Error('connection refused')
  })
  await expect(throttle.acquire(interactive)).rejects.toThrow('connection refused')
})

test('says busy when the database stays silent', async () => {
  const throttle = createThrottle(() => new Promise(() => {}))
  await expect(throttle.acquire({ ...bulk, maxWaitMs: 0 })).rejects.toThrow(ThrottleBusyError)
})

/** A database after whose every answer the process stands still for so long. */
function dozing(db: Db, ms: number): Db {
  return Object.create(db, {
    execute: {
      value: async (statement: Parameters<Db['execute']>[0]) => {
        const reply = await db.execute(statement)
        sleepThrough(ms)
        return reply
      },
    },
  })
}

async function fill(db: Db, takenMicros: number): Promise<void> {
  await reserve(db, [{ key: 'k', takenMicros, leadMicros: 60_000_000 }])
}

async function lineEnd(db: Db): Promise<number> {
  const [row] = await db.select().from(throttleLimits).where(eq(throttleLimits.key, 'k'))
  return row?.nextAtMicros ?? 0
}

/** The database's clock, read as the end of an empty stretch of another line. */
async function databaseMicros(db: Db): Promise<number> {
  const [reply] = await reserve(db, [{ key: `clock ${Math.random()}`, takenMicros: 0, leadMicros: 0 }])
  return reply?.granted ? reply.dueAtMicros : 0
}

/** Holds the whole process up, as a long collection of garbage or a heavy query on the embedded database does. */
function sleepThrough(ms: number): void {
  const wakeAt = performance.now() + ms
  while (performance.now() < wakeAt);
}
