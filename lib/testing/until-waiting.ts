import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Db } from '@/lib/db'

/** Until so many transactions of this PostgreSQL database wait for a lock. */
export async function untilWaiting(db: Db, count: number): Promise<void> {
  const waiting = sql`wait_event_type = 'Lock' and datname = current_database()`
  await expect.poll(() => db.$count(sql`pg_stat_activity`, waiting), { timeout: 10_000 }).toBe(count)
}
