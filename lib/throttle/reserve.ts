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

const micros = z.coerce.number()
const replySchema = z.object({
  rows: z.array(z.object({ key: z.string(), granted: z.boolean(), at: micros, from_now: micros })),
})

const nowMicros = sql`(extract(epoch from clock_timestamp()) * 1000000)::bigint`

/**
 * Reserves the next free stretch of each limit's line, for all instances together: one conditional upsert decides,
 * under the locks of the limits' rows and by the database's clock. The keys must differ from each other. Answers in
 * the order of the requests. Throws the driver's error when the database does not answer.
 *
 * A row holds the end of its line. A stretch begins at that end, or now if it has passed (an idle line saves nothing
 * up), and moves the end on by its length; if the end lies beyond the lead, the row stays as it is.
 */
export async function reserve(db: Db, requests: readonly ReserveRequest[]): Promise<Reservation[]> {
  const wishes = sql.join(
    requests.map((one) => sql`(${one.key}::text, ${one.takenMicros}::bigint, ${one.leadMicros}::bigint)`),
    sql`, `,
  )
  const wished = (column: 'taken' | 'lead') =>
    sql`(select ${sql.raw(column)} from wish where wish.key = line.key)`
  // In the order of the keys, so that two statements never wait for each other's locks.
  const reply = await db.execute(sql`
    with wish (key, taken, lead) as (values ${wishes}), reserved as (
      insert into ${throttleLimits} as line (key, next_at_micros)
      select key, ${nowMicros} + taken from wish order by key
      on conflict (key) do update
        set next_at_micros = greatest(line.next_at_micros, ${nowMicros}) + ${wished('taken')}
        where line.next_at_micros <= ${nowMicros} + ${wished('lead')}
      returning key, next_at_micros - ${wished('taken')} as at
    )
    select key, reserved.at is not null as granted, coalesce(reserved.at, line.next_at_micros) as at,
      greatest(coalesce(reserved.at, line.next_at_micros) - ${nowMicros}, 0) as from_now
    from wish left join reserved using (key) left join ${throttleLimits} as line using (key)
    where coalesce(reserved.at, line.next_at_micros) is not null
  `)
  const rows = new Map(replySchema.parse(reply).rows.map((row) => [row.key, row]))
  return requests.map(({ key, leadMicros }) => {
    const row = rows.get(key)
    // A limit's very first row, made by somebody else after this statement began: it refuses, but cannot be read yet.
    if (!row) return { granted: false, lineEndsFromNowMicros: leadMicros }
    return row.granted
      ? { granted: true, dueAtMicros: row.at, dueFromNowMicros: row.from_now }
      : { granted: false, lineEndsFromNowMicros: row.from_now }
  })
}
