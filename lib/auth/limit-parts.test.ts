import { afterEach, expect, it, vi } from 'vitest'
import { inboundLimits } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { createLimitCounter } from './limit-parts'

/** Taken in parts of 30. */
const limit = { key: 'a', points: 30_000, windowSeconds: 60 }

describeOnBothDatabases('a large inbound limit', (freshDb) => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('is written to once for many uses, also when they come at once', async () => {
    const db = await freshDb()
    const count = createLimitCounter()
    const answers = await Promise.all(Array.from({ length: 31 }, () => count(db, limit)))
    expect(answers.every(({ allowed }) => allowed)).toBe(true)
    expect(await db.select().from(inboundLimits)).toMatchObject([{ used: 60 }])
  })

  it('lets exactly so many through over several processes, and tells the others how long to wait', async () => {
    const db = await freshDb()
    await db.insert(inboundLimits).values({ key: 'a', used: 29_950, endsAt: Date.now() + 50_000 })
    const processes = [createLimitCounter(), createLimitCounter()]
    const calls = processes.flatMap((count) => Array.from({ length: 50 }, () => count(db, limit)))
    const answers = await Promise.all(calls)
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(50)
    expect(answers.find(({ allowed }) => !allowed)?.retryAfterSeconds).toBeCloseTo(50, -1.5)
  })

  it('does not carry what is left of a part into the next window', async () => {
    const db = await freshDb()
    const count = createLimitCounter()
    await count(db, limit)
    await db.update(inboundLimits).set({ used: 30_000, endsAt: Date.now() - 1 })
    const later = performance.now() + 60_001
    vi.spyOn(performance, 'now').mockReturnValue(later)
    await count(db, limit)
    expect(await db.select().from(inboundLimits)).toMatchObject([{ used: 30 }])
  })

  it('a small one is counted use by use', async () => {
    const db = await freshDb()
    await createLimitCounter()(db, { ...limit, points: 1_999 })
    expect(await db.select().from(inboundLimits)).toMatchObject([{ used: 1 }])
  })
})
