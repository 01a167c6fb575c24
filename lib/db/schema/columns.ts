import { sql } from 'drizzle-orm'
import { customType } from 'drizzle-orm/pg-core'
import type { Until } from '@/lib/provider/port'

/** An instant as epoch milliseconds. The drivers hand it over as text: `2026-11-21 01:02:03.004+00`. */
export const instant = customType<{ data: number; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (ms) => new Date(ms).toISOString(),
  fromDriver: parseInstant,
})

/** The end of a mute: an instant in epoch milliseconds, or `forever`, which PostgreSQL knows as `infinity`. */
export const muteEnd = customType<{ data: Until; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (until) => (until === 'forever' ? 'infinity' : new Date(until).toISOString()),
  fromDriver: (text) => (text === 'infinity' ? 'forever' : parseInstant(text)),
})

/** The database's own clock, which all instances share. */
export const databaseNow = sql`clock_timestamp()`

/** The same, rounded as instants are kept: what was kept as `databaseNow` a moment ago is not ahead of it. */
export const databaseNowAsKept = sql`clock_timestamp()::timestamp (3) with time zone`

function parseInstant(text: string): number {
  const ms = new Date(text).getTime()
  if (Number.isNaN(ms)) throw new Error('the database gave an instant that cannot be read')
  return ms
}
