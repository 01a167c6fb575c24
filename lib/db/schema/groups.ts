import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { groupTypes } from '@/lib/provider/port'
import { databaseNow, instant } from './columns'

/** The directory of groups: those that the providers listed, and those that somebody looked up. */
export const groups = pgTable(
  'groups',
  {
    connection: text('connection').notNull(),
    groupId: text('group_id').notNull(),
    /** null until the provider was asked about this very group */
    type: text('type', { enum: groupTypes }),
    name: text('name'),
    ownerId: text('owner_id'),
    memberCount: integer('member_count'),
    /** the name in the form that the trigram index reads; see lib/db/search-key.ts */
    searchKey: text('search_key').notNull().default(''),
    firstSeenAt: instant('first_seen_at').notNull().default(databaseNow),
    /** when the provider last said that it exists */
    seenAt: instant('seen_at').notNull().default(databaseNow),
    /** when a whole list of the provider's did not have it any more */
    dissolvedAt: instant('dissolved_at'),
    /** when the provider was last asked in the background who is muted there; null: never */
    searchedAt: instant('searched_at'),
  },
  // As those of `accounts`, which say why.
  (table) => [
    primaryKey({ columns: [table.connection, table.groupId] }),
    index('groups_search_key').using('gin', table.searchKey.op('gin_trgm_ops')),
    index('groups_group_id').on(table.connection, table.groupId.op('text_pattern_ops')),
    index('groups_largest')
      .on(table.connection, sql`coalesce(member_count, 0) desc`, sql`left(search_key, 32)`, table.groupId)
      .where(sql`dissolved_at is null`),
    // Those in which nobody has looked for mutes yet, the newest first, then those of which that is longest ago.
    index('groups_unsearched')
      .on(table.connection, table.type, sql`searched_at nulls first`, sql`first_seen_at desc`)
      .where(sql`dissolved_at is null`),
    index('groups_name').on(table.connection, sql`left(search_key, 32) text_pattern_ops`),
  ],
)

/** How far the listing of a connection's groups has come: one row per connection. */
export const groupSyncs = pgTable('group_syncs', {
  connection: text('connection').primaryKey(),
  startedAt: instant('started_at').notNull().default(databaseNow),
  /** where the run goes on, in the provider's words; null: from the beginning */
  cursor: text('cursor'),
  listed: integer('listed').notNull().default(0),
  /** how many there are, where the provider says */
  total: integer('total'),
  /** when the run had seen all; null: it is under way */
  finishedAt: instant('finished_at'),
  /** until then a process is at it */
  leaseUntil: instant('lease_until').notNull(),
  /** why it stopped last: `{ kind, providerCode? }` */
  failure: jsonb('failure'),
})
