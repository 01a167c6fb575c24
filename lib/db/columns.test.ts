import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { describeOnBothDatabases } from '@/lib/testing/fresh-db'
import { muteStates } from './schema'
import { databaseNow } from './schema/columns'

const key = { connection: 'sg', userId: 'u1', scope: 'all_groups' } as const

describeOnBothDatabases('columns', (freshDb) => {
  test.each([
    ['for ever', 'forever'],
    ['an instant in milliseconds', 1_795_226_001_015],
    ['the epoch', 0],
    ['an instant after 2038', 4_102_444_800_001],
    ['the end of the longest mute', 1_795_226_001_015 + 4_294_967_294_000],
    ['an instant before the epoch', -1],
    ['nothing', null],
  ] as const)('gives back %s', async (_what, until) => {
    const db = await freshDb()
    await db.insert(muteStates).values({ ...key, until, observedUntil: until })
    const [row] = await db.select().from(muteStates).where(eq(muteStates.userId, 'u1'))
    expect(row?.until).toBe(until)
    const [joined] = await db.update(muteStates).set({ version: 7 }).returning()
    expect(joined).toMatchObject({ until, observedUntil: until, version: 7 })
  })

  test('compares and sorts for ever after every instant', async () => {
    const db = await freshDb()
    await db.insert(muteStates).values([
      { ...key, userId: 'b', until: 'forever' },
      { ...key, userId: 'a', until: 8.64e15 / 40 },
    ])
    const rows = await db.select({ userId: muteStates.userId }).from(muteStates).orderBy(muteStates.until)
    expect(rows.map(({ userId }) => userId)).toEqual(['a', 'b'])
    expect(await db.$count(muteStates, sql`${muteStates.until} > ${databaseNow}`)).toBe(2)
  })

  test('reads the clock of the database in milliseconds', async () => {
    const db = await freshDb()
    await db.insert(muteStates).values({ ...key, observedAt: databaseNow })
    const [row] = await db.select().from(muteStates)
    expect(Math.abs((row?.observedAt ?? 0) - Date.now())).toBeLessThan(60_000)
    expect(Number.isInteger(row?.observedAt)).toBe(true)
  })

  test('gives raw statements the same kinds of values', async () => {
    const db = await freshDb()
    const reply = await db.execute(sql`
      select 9007199254740993::bigint as big, 3::int as small, 1.50::numeric as numeric, 0.5::float8 as float,
        timestamptz '2026-11-21 01:02:03.004+02' as instant, 'infinity'::timestamptz as forever, true as yes,
        '{"a": [1]}'::jsonb as json, array['x'] as list, null as nothing`)
    expect(z.object({ rows: z.array(z.unknown()) }).parse(reply).rows).toEqual([
      {
        big: '9007199254740993',
        small: 3,
        numeric: '1.50',
        float: 0.5,
        instant: '2026-11-20 23:02:03.004+00',
        forever: 'infinity',
        yes: true,
        json: { a: [1] },
        list: ['x'],
        nothing: null,
      },
    ])
  })
})
