import 'server-only'
import { and, type asc, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db'
import { cases, muteStates } from '@/lib/db/schema'
import { expiringSeconds } from './queue-rules'

/**
 * Accounts with a mute of theirs that ends within the hour after `now` (epoch ms), by the ledger, each once with its first
 * end: the condition on `mute_states as ending`. Walked in the order in which they end, a page reads no more of them than
 * it shows.
 */
function isEnding(now: number): SQL {
  const [after, until] = [now, now + expiringSeconds * 1_000].map((at) =>
    sql.param(at, muteStates.holdsUntil),
  )
  return sql`ending.holds_until > ${after} and ending.holds_until <= ${until} and ending.user_id <> ''
    and not exists (select from mute_states as sooner
      where sooner.connection = ending.connection and sooner.user_id = ending.user_id and sooner.holds_until > ${after}
        and (sooner.holds_until, sooner.group_id, sooner.topic_id, sooner.scope)
          < (ending.holds_until, ending.group_id, ending.topic_id, ending.scope))`
}

/** A row for each of those accounts that has a case. */
export function endingAccounts(now: number): SQL {
  return sql`select from mute_states as ending where ${isEnding(now)} and exists (select from cases as one
    where one.connection = ending.connection and one.accused_id = ending.user_id and one.status <> 'merged')`
}

/** With the last case on the account, which stands there as `cases`. */
const withCase = sql`mute_states as ending cross join lateral (select one.* from cases as one
  where one.connection = ending.connection and one.accused_id = ending.user_id and one.status <> 'merged'
  order by one.opened_at desc nulls last, one.id desc limit 1) as cases`

/** The order in which they end. */
export const endingOrder = [sql`ending.holds_until`, cases.id] as const

/** The ids of up to `limit` of those cases that also are as wanted, in that order or against it, with the ends. */
export function endingPage(db: Db, now: number, wanted: SQL | undefined, order: typeof asc, limit: number) {
  return db
    .select({
      id: sql<string>`${cases.id}`.as('case_id'),
      endsAt: sql<number>`ending.holds_until`.mapWith(toEpochMs).as('ends_at'),
    })
    .from(withCase)
    .where(and(isEnding(now), wanted))
    .orderBy(...endingOrder.map((key) => order(key)))
    .limit(limit)
    .as('page')
}

function toEpochMs(text: string): number {
  return new Date(text).getTime()
}
