import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { databaseNow, instant } from './columns'

/** The directory: every account seen so far, by look-up, action or import. Search by name part or id prefix reads it. */
export const accounts = pgTable(
  'accounts',
  {
    connection: text('connection').notNull(),
    userId: text('user_id').notNull(),
    nickname: text('nickname'),
    avatarUrl: text('avatar_url'),
    /** the nickname in the form that the trigram index reads; see lib/db/search-key.ts */
    searchKey: text('search_key').notNull().default(''),
    firstSeenAt: instant('first_seen_at').notNull().default(databaseNow),
    seenAt: instant('seen_at').notNull().default(databaseNow),
  },
  (table) => [
    primaryKey({ columns: [table.connection, table.userId] }),
    index('accounts_search_key').using('gin', table.searchKey.op('gin_trgm_ops')),
    // Beginnings of ids and names, in an order in which the first matches can be read without the others. A long name
    // would not fit into an index.
    index('accounts_user_id').on(table.connection, table.userId.op('text_pattern_ops')),
    index('accounts_name').on(table.connection, sql`left(search_key, 32) text_pattern_ops`),
  ],
)
