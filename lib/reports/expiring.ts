import 'server-only'
import { and, gt, lte, min, ne, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { muteStates } from '@/lib/db/schema'
import { expiringSeconds } from './queue-rules'

/** Accounts with a mute of theirs that ends within the hour after `now` (epoch ms), by the ledger, and when the first does. */
export function endingMutes(db: Db, now: number) {
  return db
    .select({
      connection: muteStates.connection,
      userId: muteStates.userId,
      endsAt: sql<number>`${min(muteStates.holdsUntil)}`.mapWith(toEpochMs).as('ends_at'),
    })
    .from(muteStates)
    .where(
      and(
        gt(muteStates.holdsUntil, now),
        lte(muteStates.holdsUntil, now + expiringSeconds * 1_000),
        ne(muteStates.userId, ''),
      ),
    )
    .groupBy(muteStates.connection, muteStates.userId)
    .as('ending')
}

/** The last case on its accused: the others are its earlier ones. */
export const isLatest = sql`cases.status <> 'merged' and not exists (select from cases as later
  where later.connection = cases.connection and later.accused_id = cases.accused_id and later.status <> 'merged'
    and (later.opened_at, later.id) > (cases.opened_at, cases.id))`

function toEpochMs(text: string): number {
  return new Date(text).getTime()
}
