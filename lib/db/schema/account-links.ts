import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { databaseNow, instant } from './columns'
import { moderators } from './moderators'

/**
 * Two accounts of which a moderator said that they belong to one person. A pair stands in one order, so that it can
 * hold once, whoever names it first. What was taken back stays on record.
 */
export const accountLinks = pgTable(
  'account_links',
  {
    id: uuid('id').primaryKey(),
    connection: text('connection').notNull(),
    userId: text('user_id').notNull(),
    otherConnection: text('other_connection').notNull(),
    otherUserId: text('other_user_id').notNull(),
    reason: text('reason').notNull(),
    linkedBy: uuid('linked_by')
      .notNull()
      .references(() => moderators.id),
    linkedAt: instant('linked_at').notNull().default(databaseNow),
    /** when it was taken back, and by whom; null: it holds */
    removedAt: instant('removed_at'),
    removedBy: uuid('removed_by').references(() => moderators.id),
  },
  (table) => [
    uniqueIndex('account_links_pair')
      .on(table.connection, table.userId, table.otherConnection, table.otherUserId)
      .where(sql`removed_at is null`),
    index('account_links_other').on(table.otherConnection, table.otherUserId).where(sql`removed_at is null`),
    // Of the bytes, as the code compares them. No account is linked with itself.
    check(
      'account_links_in_order',
      sql`(connection collate "C", user_id collate "C") < (other_connection collate "C", other_user_id collate "C")`,
    ),
    check('account_links_removal', sql`(removed_at is null) = (removed_by is null)`),
  ],
)
