import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { auditOutcomes } from '@/lib/audit/events'
import { auditTypes } from '@/lib/audit/outcomes'
import { instant } from './columns'

/** Append-only and hash-chained: triggers refuse UPDATE, DELETE and TRUNCATE. Written only by `lib/audit/record.ts`. */
export const auditEvents = pgTable(
  'audit_events',
  {
    /** gapless: taken from `audit_head` under its lock */
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    type: text('type', { enum: auditTypes }).notNull(),
    outcome: text('outcome', { enum: auditOutcomes }).notNull(),
    actorId: uuid('actor_id'),
    /** the moderator's name at that time, or what acted instead: `system`, `command line`, `nobody` */
    actorName: text('actor_name').notNull(),
    connection: text('connection'),
    userId: text('user_id'),
    commandId: uuid('command_id'),
    /** the fields that belong to this type of event; see lib/audit/events.ts */
    data: jsonb('data').notNull(),
    prevHash: text('prev_hash').notNull(),
    /** sha256 of the previous hash and this row's canonical JSON, in hex */
    hash: text('hash').notNull(),
  },
  // The list filters by any of type, actor, connection and account, newest first: it walks one of these indexes per
  // type and merges, so that no combination has to step over rows it does not want. See lib/audit/list.ts.
  (table) => [
    index('audit_events_type').on(table.type, table.seq),
    index('audit_events_actor').on(table.actorId, table.type, table.seq),
    index('audit_events_connection').on(table.connection, table.type, table.seq),
    index('audit_events_actor_connection').on(table.actorId, table.connection, table.type, table.seq),
    index('audit_events_user').on(table.userId, table.type, table.seq),
    index('audit_events_command').on(table.commandId),
    index('audit_events_at').on(table.at, table.seq),
  ],
)

/** One row: the chain's end. Locked by every writer, which makes the order of the chain the order of the locks. */
export const auditHead = pgTable('audit_head', {
  id: integer('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  /** of the last event; the next one is never earlier, so that a range of time is a range of `seq` */
  at: instant('at').notNull(),
  hash: text('hash').notNull(),
})
