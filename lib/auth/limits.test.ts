import { expect, it } from 'vitest'
import { inboundLimits } from '@/lib/db/schema'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { clearLimit, consumeLimit, giveBackLimit } from './limits'

const limit = { key: 'a', points: 3, windowSeconds: 60 }
const hour = 60 * 60 * 1000

describeOnBothDatabases('an inbound limit', (freshDb) => {
  it('allows so many in a window, says how long to wait, and tells the first refusal from the others', async () => {
    const db = await freshDb()
    const answers = []
    for (let i = 0; i < 5; i++) answers.push(await consumeLimit(db, limit))
    const allowed = { allowed: true, retryAfterSeconds: 0, isFirstRefusal: false }
    const refused = { allowed: false, retryAfterSeconds: expect.closeTo(60, -1), isFirstRefusal: false }
    expect(answers).toEqual([allowed, allowed, allowed, { ...refused, isFirstRefusal: true }, refused])
  })

  it('lets exactly so many through of many at once', async () => {
    const db = await freshDb()
    const answers = await Promise.all(Array.from({ length: 100 }, () => consumeLimit(db, limit)))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(3)
    expect(answers.filter(({ isFirstRefusal }) => isFirstRefusal)).toHaveLength(1)
  })

  it('is not lengthened by refusals, and begins anew when its window has ended', async () => {
    const db = await freshDb()
    for (let i = 0; i < 4; i++) await consumeLimit(db, limit)
    const soon = Date.now() + 10_000
    await db.update(inboundLimits).set({ endsAt: soon })
    expect(await consumeLimit(db, limit)).toMatchObject({
      allowed: false,
      retryAfterSeconds: expect.closeTo(10, -1),
    })
    expect(await db.select().from(inboundLimits)).toMatchObject([{ endsAt: soon }])
    await db.update(inboundLimits).set({ endsAt: Date.now() - 1 })
    expect(await consumeLimit(db, limit)).toMatchObject({ allowed: true })
    expect(await db.select().from(inboundLimits)).toMatchObject([{ used: 1 }])
  })

  it('gives uses back, never below none, and forgets a key alone', async () => {
    const db = await freshDb()
    await consumeLimit(db, limit)
    await consumeLimit(db, { ...limit, key: 'b' })
    for (let i = 0; i < 3; i++) await giveBackLimit(db, 'a')
    await clearLimit(db, 'b')
    expect(await db.select().from(inboundLimits)).toMatchObject([{ key: 'a', used: 0 }])
  })

  it('sweeps out what ended over an hour ago', async () => {
    const db = await freshDb()
    await db.insert(inboundLimits).values([
      { key: 'old', used: 9, endsAt: Date.now() - hour - 10_000 },
      { key: 'recent', used: 9, endsAt: Date.now() - hour + 10_000 },
    ])
    await consumeLimit(db, limit)
    const keys = (await db.select().from(inboundLimits)).map(({ key }) => key)
    expect(keys.sort()).toEqual(['a', 'recent'])
  })
})
