import { bigint, pgTable, text } from 'drizzle-orm/pg-core'

/**
 * GCRA: per provider limit the instant at which the next permit falls due (the "theoretical arrival time"), in epoch
 * microseconds of the database's clock: at 180 calls a second a whole millisecond of rounding would cost 8 % of them.
 */
export const throttleLimits = pgTable('throttle_limits', {
  key: text('key').primaryKey(),
  nextAtMicros: bigint('next_at_micros', { mode: 'number' }).notNull(),
})
