import 'server-only'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Db } from '@/lib/db'
import { throttleLimits } from '@/lib/db/schema'

export type ReserveRequest = {
  key: string
  /** how long the line is taken up */
  takenMicros: number
  /** how far ahead of now the line may be filled already; beyond that nothing is reserved */
  leadMicros: number
}

/** All in microseconds of the database's clock; `fromNow` is never below zero. */
export type Reservation =
  | { granted: true; dueAtMicros: number; dueFromNowMicros: number }
  | { granted: false; lineEndsFromNowMicros: number }

const replySchema = z.object({
  rows: z.array(z.object({ granted: z.boolean(), at: z.coerce.number(), from_now: z.coerce.number() })),
})

const nowMicros = sql`(extract(epoch from clock_timestamp()) * 1000000)::bigint`

/**
 * Reserves the next free stretch of a limit's line, for all instances together: one conditional upsert decides, under
 * the lock of the limit's row and by the database's clock. Throws the driver's error when the database does not answer.
 *
 * The row holds the end of the line. A stretch begins at that end, or now if it has passed (an idle line saves nothing
 * up), and moves the end on by its length; if the end lies beyond the lead, the row stays as it is.
 */
export async function reserve(
  db: Db,
  { key, takenMicros, leadMicros }: ReserveRequest,
): Promise<Reservation> {
  const reply = await db.execute(sql`
    with taken as (
      insert into ${throttleLimits} as line (key, next_at_micros)
      values (${key}, ${nowMicros} + ${takenMicros}::bigint)
      on conflict (key) do update
        set next_at_micros = greatest(line.next_at_micros, ${nowMicros}) + ${takenMicros}::bigint
        where line.next_at_micros <= ${nowMicros} + ${leadMicros}::bigint
      returning next_at_micros - ${takenMicros}::bigint as at
    ), answer as (
      select true as granted, at from taken
      union all
      select false, next_at_micros from ${throttleLimits} where key = ${key} and not exists (select from taken)
    )
    select granted, at, greatest(at - ${nowMicros}, 0) as from_now from answer
  `)
  const [row] = replySchema.parse(reply).rows
  // A limit's very first row, made by somebody else after this statement began: it refuses, but cannot be read yet.
  if (!row) return { granted: false, lineEndsFromNowMicros: leadMicros }
  return row.granted
    ? { granted: true, dueAtMicros: row.at, dueFromNowMicros: row.from_now }
    : { granted: false, lineEndsFromNowMicros: row.from_now }
}
