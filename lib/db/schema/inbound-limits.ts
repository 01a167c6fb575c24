import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** What people may ask of the console: per key how often it was asked in the window that runs now. */
export const inboundLimits = pgTable(
  'inbound_limits',
  {
    key: text('key').primaryKey(),
    used: integer('used').notNull(),
    endsAt: instant('ends_at').notNull(),
  },
  (table) => [index('inbound_limits_ends').on(table.endsAt)],
)
