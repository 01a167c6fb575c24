import { sql } from 'drizzle-orm'
import {
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
import { bulkKinds, bulkStatuses, forecasts, pauseReasons, skipReasons } from '@/lib/bulk-mutes/rules'
import { muteScopes, reasonCategories } from '@/lib/mutes/rules'
import { apiKeys } from './api-keys'
import { databaseNow, instant, muteEnd } from './columns'
import { moderators } from './moderators'
import { muteCommands } from './mutes'

/**
 * One intent to change mutes of many accounts at one place, or of one account in its groups: each is one of
 * `bulk_mute_items`.
 */
export const bulkMutes = pgTable(
  'bulk_mutes',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: bulkKinds }).notNull(),
    status: text('status', { enum: bulkStatuses }).notNull(),
    connection: text('connection').notNull(),
    /** the one account whose groups the items are; empty: the items are accounts */
    userId: text('user_id').notNull().default(''),
    /** that account is in more groups than were taken in */
    isPartial: boolean('is_partial').notNull().default(false),
    /** as in `mute_commands`: empty stands for everywhere, and for the group itself */
    groupId: text('group_id').notNull().default(''),
    topicId: text('topic_id').notNull().default(''),
    scopes: text('scopes', { enum: muteScopes }).array().notNull(),
    /** the end of a mute; null: a lift, or an undo, which has an end for each account */
    until: muteEnd('until'),
    mayShorten: boolean('may_shorten').notNull().default(false),
    reasonCategory: text('reason_category', { enum: reasonCategories }).notNull(),
    reasonText: text('reason_text').notNull(),
    actorId: uuid('actor_id')
      .notNull()
      .references(() => moderators.id),
    /** the API key by which it was made, in its author's name; null: on a screen */
    apiKeyId: uuid('api_key_id').references(() => apiKeys.id),
    /** the server starts it, under the screen's rules, as soon as its preview is there */
    startWhenPreviewed: boolean('start_when_previewed').notNull().default(false),
    idempotencyKey: uuid('idempotency_key').notNull(),
    /** sha256 of the canonical input: the same key with another input is refused */
    inputHash: text('input_hash').notNull(),
    /** the run whose before-states this one restores */
    undoOf: uuid('undo_of'),
    createdAt: instant('created_at').notNull().default(databaseNow),
    /** until then a process is finding out what would happen */
    previewLeaseUntil: instant('preview_lease_until'),
    previewedAt: instant('previewed_at'),
    /** sha256 of what the preview found; who starts the run must have seen this one */
    token: text('token'),
    /** how many accounts the preview will have sent; null: not previewed, or by an older version */
    doing: integer('doing'),
    /** how often in a row the preview did not come */
    previewFailures: integer('preview_failures').notNull().default(0),
    /** why the preview did not come: `{ kind, providerCode? }` */
    previewFailure: jsonb('preview_failure'),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    approvedBy: uuid('approved_by').references(() => moderators.id),
    pausedWhy: text('paused_why', { enum: pauseReasons }),
    pausedBy: uuid('paused_by').references(() => moderators.id),
    pauseFailure: jsonb('pause_failure'),
  },
  (table) => [
    uniqueIndex('bulk_mutes_idempotency').on(table.actorId, table.idempotencyKey),
    index('bulk_mutes_newest').on(table.createdAt, table.id),
    // What the jobs look for, and what is shown on every page.
    index('bulk_mutes_under_way')
      .on(table.status, table.createdAt)
      .where(sql`status in ('previewing', 'awaiting_approval', 'running', 'paused')`),
    index('bulk_mutes_undo').on(table.undoOf).where(sql`undo_of is not null`),
  ],
)

/**
 * One account of a run, or one group of its account. What became of it is its command's status: the ledger decides,
 * this row only says which command it was, or why there was none.
 */
export const bulkMuteItems = pgTable(
  'bulk_mute_items',
  {
    bulkId: uuid('bulk_id')
      .notNull()
      .references(() => bulkMutes.id),
    /** in the order shown: protected and high-standing accounts come first once they are known */
    position: integer('position').notNull(),
    userId: text('user_id').notNull(),
    /** the group, where the run is about one account's groups; else the run says where */
    groupId: text('group_id').notNull().default(''),
    forecast: text('forecast', { enum: forecasts }),
    /** in the group, where it was told */
    role: integer('role'),
    /** scope → end, `null`: not muted; only the scopes that change */
    before: jsonb('before'),
    after: jsonb('after'),
    /** scope → the version of the state that the forecast was made on */
    basis: jsonb('basis'),
    /** why it is not sent; once the run has started everything is either skipped, or has a command, or waits for one */
    skipped: text('skipped', { enum: skipReasons }),
    /** null: not claimed yet */
    commandId: uuid('command_id').references(() => muteCommands.id),
    /** until then it is not claimed: another command is at work on the same account */
    notBefore: instant('not_before'),
  },
  (table) => [
    primaryKey({ columns: [table.bulkId, table.position] }),
    uniqueIndex('bulk_mute_items_account').on(table.bulkId, table.userId, table.groupId),
    // What waits, in the order in which it is claimed: it grows no longer than that, and counting it reads nothing else.
    index('bulk_mute_items_pending')
      .on(table.bulkId, table.position)
      .where(sql`skipped is null and command_id is null`),
    index('bulk_mute_items_command').on(table.commandId).where(sql`command_id is not null`),
  ],
)
