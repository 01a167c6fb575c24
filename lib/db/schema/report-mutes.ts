import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { type ReportCategory, reportSources } from '@/lib/reports/rules'
import { apiKeys } from './api-keys'
import { databaseNow, instant } from './columns'
import { decisions } from './decisions'
import { moderators } from './moderators'

/** A reporter whose reports are not worked on until an end by the database's clock, or until somebody lifted it. */
export const reportMutes = pgTable(
  'report_mutes',
  {
    id: uuid('id').primaryKey(),
    connection: text('connection').notNull(),
    reporterId: text('reporter_id').notNull(),
    until: instant('until').notNull(),
    mutedAt: instant('muted_at').notNull().default(databaseNow),
    mutedBy: uuid('muted_by')
      .notNull()
      .references(() => moderators.id),
    /** whose undo lifts it; null: it was chosen with a sweep */
    decisionId: uuid('decision_id').references(() => decisions.id),
    liftedAt: instant('lifted_at'),
    liftedBy: uuid('lifted_by').references(() => moderators.id),
  },
  (table) => [
    index('report_mutes_reporter').on(table.connection, table.reporterId),
    index('report_mutes_order').on(table.mutedAt.desc(), table.id),
    index('report_mutes_decision').on(table.decisionId),
  ],
)

/** What came in of a reporter while that held: on record as it was said, in no case. */
export const setAsideReports = pgTable(
  'set_aside_reports',
  {
    id: uuid('id').primaryKey(),
    reportMuteId: uuid('report_mute_id')
      .notNull()
      .references(() => reportMutes.id),
    source: text('source', { enum: reportSources }).notNull(),
    connection: text('connection').notNull(),
    reporterId: text('reporter_id').notNull(),
    accusedId: text('accused_id').notNull(),
    groupId: text('group_id').notNull().default(''),
    topicId: text('topic_id').notNull().default(''),
    peerId: text('peer_id').notNull().default(''),
    category: text('category').$type<ReportCategory>().notNull(),
    text: text('text').notNull().default(''),
    language: text('language').notNull().default(''),
    messageIds: text('message_ids').array().notNull(),
    clientTime: instant('client_time'),
    receivedAt: instant('received_at').notNull().default(databaseNow),
    apiKeyId: uuid('api_key_id').references(() => apiKeys.id),
    actorId: uuid('actor_id').references(() => moderators.id),
    idempotencyKey: text('idempotency_key').notNull(),
    inputHash: text('input_hash').notNull(),
  },
  (table) => [
    uniqueIndex('set_aside_reports_idempotency').on(table.source, table.idempotencyKey),
    index('set_aside_reports_mute').on(table.reportMuteId, table.receivedAt.desc()),
  ],
)
