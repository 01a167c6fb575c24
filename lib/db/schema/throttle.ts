import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** GCRA: per provider limit the instant at which the next permit falls due (the "theoretical arrival time"). */
export const throttleLimits = pgTable('throttle_limits', {
  key: text('key').primaryKey(),
  nextAt: instant('next_at').notNull(),
})
