import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  evidenceReasons,
  evidenceStatuses,
  type ReportCategory,
  reportSources,
  verdicts,
} from '@/lib/reports/rules'
import { apiKeys } from './api-keys'
import { cases } from './cases'
import { databaseNow, instant } from './columns'
import { moderators } from './moderators'

/** One accusation as it came in; only its verdict changes later. */
export const reports = pgTable(
  'reports',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    source: text('source', { enum: reportSources }).notNull(),
    connection: text('connection').notNull(),
    /** null: the provider's own moderation */
    reporterId: text('reporter_id'),
    accusedId: text('accused_id').notNull(),
    category: text('category').$type<ReportCategory>().notNull(),
    text: text('text').notNull().default(''),
    /** the reporter's, BCP 47; empty: not told */
    language: text('language').notNull().default(''),
    /** the ids by which the provider or the app named the messages */
    messageIds: text('message_ids').array().notNull(),
    /** when they were sent, as the reporter's app says, epoch ms; null: not told */
    clientTime: instant('client_time'),
    receivedAt: instant('received_at').notNull().default(databaseNow),
    apiKeyId: uuid('api_key_id').references(() => apiKeys.id),
    actorId: uuid('actor_id').references(() => moderators.id),
    /** of the request that made it: per API key or moderator, or per provider's event */
    idempotencyKey: text('idempotency_key').notNull(),
    inputHash: text('input_hash').notNull(),
    verdict: text('verdict', { enum: verdicts }),
    evidence: text('evidence', { enum: evidenceStatuses }).notNull().default('pending'),
    evidenceWhy: text('evidence_why', { enum: evidenceReasons }),
    /** how often taking it was tried, and until when a process is at it or it rests */
    evidenceAttempts: integer('evidence_attempts').notNull().default(0),
    evidenceLeaseUntil: instant('evidence_lease_until').notNull().default(databaseNow),
  },
  (table) => [
    uniqueIndex('reports_idempotency').on(table.source, table.idempotencyKey),
    index('reports_case').on(table.caseId, table.receivedAt, table.id),
    // Whether this reporter reported this case before is asked with every report: the index alone answers.
    index('reports_case_reporter').on(table.caseId, table.reporterId),
    index('reports_reporter').on(table.connection, table.reporterId, table.receivedAt.desc()),
    // Whether two people report each other.
    index('reports_pair').on(table.connection, table.reporterId, table.accusedId, table.receivedAt.desc()),
    // A flood on one case is one reading of its conversation.
    index('reports_evidence_case').on(table.caseId).where(sql`evidence = 'pending'`),
    // In the order in which they are taken, so that the first is found however many wait.
    index('reports_evidence_first')
      .on(table.connection, table.evidenceLeaseUntil)
      .where(sql`evidence = 'pending'`),
  ],
)

/**
 * The messages as the provider had them when the report came: `ChatMessage` of lib/provider/port.ts; of its files the
 * addresses. One row a message and case; `hash` is over its canonical JSON, so a later change of the row shows.
 */
export const evidenceMessages = pgTable(
  'evidence_messages',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    messageId: text('message_id').notNull(),
    seq: text('seq').notNull(),
    sentAt: instant('sent_at').notNull(),
    message: jsonb('message').notNull(),
    hash: text('hash').notNull(),
    isReported: boolean('is_reported').notNull(),
    /** one time for all that one transaction keeps: what was kept together has nothing missing in between */
    takenAt: instant('taken_at').notNull().default(sql`now()`),
    /** when the provider's history was seen not to have it any more */
    goneAt: instant('gone_at'),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.messageId] }),
    // The provider tells of a deleted message by its id alone.
    index('evidence_messages_present').on(table.messageId).where(sql`gone_at is null`),
    index('evidence_messages_order').on(table.caseId, table.sentAt, sql`length(seq)`, table.seq),
  ],
)

/**
 * What the providers' servers called us with: stored before any work. `event_key` is equal for the same event sent
 * twice.
 */
export const callbacks = pgTable(
  'callbacks',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    connection: text('connection').notNull(),
    event: text('event').notNull(),
    eventKey: text('event_key').notNull(),
    body: jsonb('body').notNull(),
    receivedAt: instant('received_at').notNull().default(databaseNow),
    attempts: integer('attempts').notNull().default(0),
    leaseUntil: instant('lease_until').notNull().default(databaseNow),
    doneAt: instant('done_at'),
    failure: text('failure'),
  },
  (table) => [
    uniqueIndex('callbacks_event').on(table.connection, table.eventKey),
    index('callbacks_due').on(table.leaseUntil).where(sql`done_at is null`),
  ],
)
