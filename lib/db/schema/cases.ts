import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { caseStatuses, type ReportCategory, verdicts } from '@/lib/reports/rules'
import { databaseNow, instant } from './columns'
import { moderators } from './moderators'

/**
 * What several reports on one accused in one conversation are worked on as. `status` changes only along
 * `caseTransitions`: a trigger refuses the rest. Every write by a moderator is conditional on `version` and raises it.
 */
export const cases = pgTable(
  'cases',
  {
    id: uuid('id').primaryKey(),
    /** what people call it: `#812` */
    number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    connection: text('connection').notNull(),
    accusedId: text('accused_id').notNull(),
    /**
     * the conversation: a group, one topic of it, or (`peerId`) the other person of a one-to-one chat; all empty: none
     * named
     */
    groupId: text('group_id').notNull().default(''),
    topicId: text('topic_id').notNull().default(''),
    peerId: text('peer_id').notNull().default(''),
    status: text('status', { enum: caseStatuses }).notNull().default('new'),
    version: bigint('version', { mode: 'number' }).notNull().default(1),
    /** the most severe of its reports' */
    category: text('category').$type<ReportCategory>().notNull(),
    /** higher comes first; `priorityWhy` is shown: `[{ kind, value }]` (lib/reports/priority.ts) */
    priority: integer('priority').notNull().default(0),
    priorityWhy: jsonb('priority_why').notNull().default(sql`'[]'::jsonb`),
    reportCount: integer('report_count').notNull().default(0),
    reporterCount: integer('reporter_count').notNull().default(0),
    openedAt: instant('opened_at').notNull().default(databaseNow),
    lastReportedAt: instant('last_reported_at').notNull().default(databaseNow),
    /** when it should have been looked at, by its category */
    dueAt: instant('due_at').notNull(),
    /** the lease: a token per claim, never per moderator, so that two tabs of one person are two holders */
    claimToken: uuid('claim_token'),
    claimedBy: uuid('claimed_by').references(() => moderators.id),
    claimUntil: instant('claim_until'),
    /** when `waiting`: until when, and who shall take it (null: anyone) */
    heldUntil: instant('held_until'),
    heldFor: uuid('held_for').references(() => moderators.id),
    /** when it was passed to the leads, and by whom: until one of them sends it back nobody else can have it */
    escalatedAt: instant('escalated_at'),
    escalatedBy: uuid('escalated_by').references(() => moderators.id),
    /** when a report of an urgent category came into it; null: none did, or somebody put it into another one */
    urgentAt: instant('urgent_at'),
    mergedInto: uuid('merged_into'),
    closedAt: instant('closed_at'),
    closedBy: uuid('closed_by').references(() => moderators.id),
    verdict: text('verdict', { enum: verdicts }),
    /** comes back as a case of its own right at that time: "look again when it ends" */
    lookAgainAt: instant('look_again_at'),
    /** when the provider was asked last whether the kept messages are still there */
    evidenceCheckedAt: instant('evidence_checked_at'),
    /**
     * kept by the trigger `cases_times`, as nothing else tells of it in one place: when it was first taken and first
     * closed, and last brought back after that
     */
    firstClaimedAt: instant('first_claimed_at'),
    firstClosedAt: instant('first_closed_at'),
    reopenedAt: instant('reopened_at'),
  },
  (table) => [
    foreignKey({ columns: [table.mergedInto], foreignColumns: [table.id] }),
    uniqueIndex('cases_number').on(table.number),
    uniqueIndex('cases_open')
      .on(table.connection, table.accusedId, table.groupId, table.topicId, table.peerId)
      .where(sql`status in ('new', 'triaged', 'claimed', 'waiting', 'reopened', 'appealed')`),
    // The queue in its order: priority from above, then what is due first. The last two columns, here and below, spare
    // looking at the rows.
    index('cases_unclaimed')
      .on(sql`(-priority)`, table.dueAt, table.id, table.connection, table.category)
      .where(sql`status in ('new', 'triaged', 'reopened')`),
    index('cases_appealed').on(sql`(-priority)`, table.dueAt, table.id).where(sql`status = 'appealed'`),
    index('cases_accused').on(table.connection, table.accusedId, table.openedAt.desc()),
    index('cases_claimed').on(table.claimedBy).where(sql`claimed_by is not null`),
    index('cases_claim_until').on(table.claimUntil).where(sql`status = 'claimed'`),
    index('cases_held')
      .on(table.heldUntil, table.id, table.connection, table.category)
      .where(sql`status = 'waiting'`),
    index('cases_held_for').on(table.heldFor).where(sql`held_for is not null`),
    index('cases_closed')
      .on(table.closedAt, table.id, table.connection, table.category)
      .where(sql`status = 'closed'`),
    // How long each waited is read of these alone.
    index('cases_first_claimed')
      .on(table.firstClaimedAt, table.openedAt)
      .where(sql`first_claimed_at is not null`),
    index('cases_first_closed')
      .on(table.firstClosedAt, table.openedAt)
      .where(sql`first_closed_at is not null`),
    index('cases_urgent')
      .on(table.urgentAt)
      .where(sql`urgent_at is not null and status in ('new', 'triaged', 'reopened')`),
    index('cases_look_again').on(table.lookAgainAt).where(sql`look_again_at is not null`),
  ],
)

/** What moderators write down about an account; with a case where it was written there. */
export const accountNotes = pgTable(
  'account_notes',
  {
    id: uuid('id').primaryKey(),
    connection: text('connection').notNull(),
    userId: text('user_id').notNull(),
    caseId: uuid('case_id').references(() => cases.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => moderators.id),
    text: text('text').notNull(),
    /** shown on top at every later visit */
    isSticky: boolean('is_sticky').notNull().default(false),
    writtenAt: instant('written_at').notNull().default(databaseNow),
  },
  (table) => [
    index('account_notes_account').on(table.connection, table.userId, table.writtenAt.desc()),
    index('account_notes_case').on(table.caseId, table.writtenAt),
  ],
)

/** Who was named in a note of a case and has not opened it since. */
export const caseMentions = pgTable(
  'case_mentions',
  {
    moderatorId: uuid('moderator_id')
      .notNull()
      .references(() => moderators.id),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    mentionedAt: instant('mentioned_at').notNull().default(databaseNow),
  },
  (table) => [primaryKey({ columns: [table.moderatorId, table.caseId] })],
)

/** Who has a case open now; rows older than half a minute mean nothing. */
export const caseViewers = pgTable(
  'case_viewers',
  {
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    moderatorId: uuid('moderator_id')
      .notNull()
      .references(() => moderators.id),
    seenAt: instant('seen_at').notNull().default(databaseNow),
    isTyping: boolean('is_typing').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.moderatorId] })],
)

/** Which status may follow which: `caseTransitions` of lib/reports/rules.ts, where the trigger of `cases` looks it up. */
export const caseTransitions = pgTable(
  'case_transitions',
  {
    fromStatus: text('from_status', { enum: caseStatuses }).notNull(),
    toStatus: text('to_status', { enum: caseStatuses }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.fromStatus, table.toStatus] })],
)
