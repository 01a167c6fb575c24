import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import {
  appealStatuses,
  decisionStatuses,
  noticeKinds,
  noticeStatuses,
  type ReportCategory,
  verdicts,
} from '@/lib/reports/rules'
import { cases } from './cases'
import { databaseNow, instant } from './columns'
import { moderators } from './moderators'

/** What was decided about a case; a later one (appeal, reopening) is a row of its own. */
export const decisions = pgTable(
  'decisions',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    actorId: uuid('actor_id')
      .notNull()
      .references(() => moderators.id),
    status: text('status', { enum: decisionStatuses }).notNull().default('sending'),
    verdict: text('verdict', { enum: verdicts }).notNull(),
    /** what is done about the accused, in order: parsed by `decisionActionSchema` (lib/reports/decision-schemas.ts) */
    actions: jsonb('actions').notNull(),
    /** what the ladder said at that moment, and why the moderator did otherwise; null: it had nothing to say */
    suggestion: jsonb('suggestion'),
    overrideReason: text('override_reason'),
    reasonText: text('reason_text').notNull().default(''),
    /** the mute commands it gave rise to */
    commandIds: uuid('command_ids').array().notNull(),
    failure: jsonb('failure'),
    /** what else belongs to it: `decisionPlanSchema` (lib/reports/decision-schemas.ts) */
    plan: jsonb('plan').notNull(),
    idempotencyKey: uuid('idempotency_key').notNull(),
    inputHash: text('input_hash').notNull(),
    decidedAt: instant('decided_at').notNull().default(databaseNow),
    /** until then the process that wrote it carries it out; later the sweeping job does */
    leaseUntil: instant('lease_until').notNull().default(databaseNow),
    undoneAt: instant('undone_at'),
    undoneBy: uuid('undone_by').references(() => moderators.id),
    /** what became of its commands; null while an undo is under way: `decisionUndoSchema` */
    undo: jsonb('undo'),
  },
  (table) => [
    uniqueIndex('decisions_idempotency').on(table.actorId, table.idempotencyKey),
    index('decisions_case').on(table.caseId, table.decidedAt),
    index('decisions_decided').on(table.decidedAt),
    index('decisions_open')
      .on(table.leaseUntil)
      .where(sql`status = 'sending' or (status = 'undone' and undo is null)`),
  ],
)

/** What counts against an account in the ladder, until it is void or has decayed. */
export const strikes = pgTable(
  'strikes',
  {
    id: uuid('id').primaryKey(),
    connection: text('connection').notNull(),
    userId: text('user_id').notNull(),
    category: text('category').$type<ReportCategory>().notNull(),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    givenAt: instant('given_at').notNull().default(databaseNow),
    voidedAt: instant('voided_at'),
  },
  (table) => [index('strikes_account').on(table.connection, table.userId, table.givenAt.desc())],
)

/** Messages to people in the app: held, then sent by whoever leases the row, once or (to a webhook) under one id. */
export const notices = pgTable(
  'notices',
  {
    id: uuid('id').primaryKey(),
    decisionId: uuid('decision_id').references(() => decisions.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    kind: text('kind', { enum: noticeKinds }).notNull(),
    connection: text('connection').notNull(),
    userId: text('user_id').notNull(),
    /** of the text: one of `noticeLocales` (lib/settings/report-rules.ts) */
    language: text('language').notNull().default('en'),
    text: text('text').notNull(),
    status: text('status', { enum: noticeStatuses }).notNull().default('held'),
    /** until then an undo stops it; while `sending`, the lease */
    sendAfter: instant('send_after').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** why it failed; while `sending`: of an earlier attempt, after which it may have arrived */
    failure: jsonb('failure'),
    sentAt: instant('sent_at'),
  },
  (table) => [
    index('notices_due').on(table.sendAfter).where(sql`status in ('held', 'sending')`),
    index('notices_case').on(table.caseId),
  ],
)

/** What the accused says against a decision. */
export const appeals = pgTable(
  'appeals',
  {
    id: uuid('id').primaryKey(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    status: text('status', { enum: appealStatuses }).notNull().default('open'),
    text: text('text').notNull(),
    language: text('language').notNull().default(''),
    receivedAt: instant('received_at').notNull().default(databaseNow),
    idempotencyKey: text('idempotency_key').notNull(),
    inputHash: text('input_hash').notNull(),
    answeredAt: instant('answered_at'),
    answeredBy: uuid('answered_by').references(() => moderators.id),
    answer: text('answer'),
  },
  (table) => [
    uniqueIndex('appeals_idempotency').on(table.idempotencyKey),
    uniqueIndex('appeals_open').on(table.decisionId).where(sql`status = 'open'`),
    index('appeals_case').on(table.caseId),
    index('appeals_answered').on(table.answeredAt).where(sql`answered_at is not null`),
  ],
)
