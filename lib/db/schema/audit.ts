import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { auditOutcomes, auditTypes } from '@/lib/audit/events'
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
  (table) => [
    index('audit_events_type').on(table.type, table.seq.desc()),
    index('audit_events_outcome').on(table.outcome, table.seq.desc()),
    index('audit_events_actor').on(table.actorId, table.seq.desc()),
    index('audit_events_account').on(table.connection, table.userId, table.seq.desc()),
    index('audit_events_user').on(table.userId, table.seq.desc()),
    index('audit_events_command').on(table.commandId),
  ],
)

/** One row: the chain's end. Locked by every writer, which makes the order of the chain the order of the locks. */
export const auditHead = pgTable('audit_head', {
  id: integer('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
})
